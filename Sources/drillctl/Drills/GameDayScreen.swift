import Foundation
import GameDay
import Synchronization

/// The terminal of who watches: one line that changes, and above it what happened.
///
/// Without a terminal, as under a timer, there is no such line, but one every five minutes.
final class GameDayScreen: GameDaySession.Teller {
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private let lastStand = Mutex<ContinuousClock.Instant?>(nil)

    func happened(_ line: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + "gameday: \(line)\n")
    }

    func stands(_ line: String) {
        if isTerminal {
            write("\r\u{1B}[K\(line.prefix(width - 1))")
        } else if isTimeForAnother {
            write("gameday: \(line)\n")
        }
    }

    private var isTimeForAnother: Bool {
        lastStand.withLock { last in
            guard last.map({ $0.duration(to: .now) > .seconds(300) }) ?? true else { return false }
            last = .now
            return true
        }
    }

    private var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }

    private func write(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }
}
