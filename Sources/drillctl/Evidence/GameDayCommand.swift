import ArgumentParser
import DrillKit
import Evidence
import Foundation
import GameDay
import Report
import Runbooks
import Synchronization

/// Runs every drill of every profile and sums up.
struct GameDayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gameday",
        abstract: "Run every drill of every profile, and sum up.",
        discussion: """
            Goes through RECOVERY_MAP.md profile by profile, the shortest recovery budget first, and tells \
            what runs, for how long already and how long it may still take. It ends with one line for each \
            section, one report over all of it, and the evidence chain's check, whatever failed on the way. It \
            leaves RECOVERY_MAP.md alone: drills of a tree that differs from its commit count for nothing.

            Ctrl-C ends the lab and keeps the evidence. Begun again, by hand or after a crash, it goes on \
            where it stopped and repeats no case that passed or failed, unless the commit, the harness, a \
            runbook, plays or the map changed, or three days went by: then it says so and begins anew.

            Exits 0 when every case passed, 1 when one did not or any of that changed while it was held, \
            2 when it could not be held.

            Example:
              $ make gameday
            """)

    @Flag(help: "Begin anew, whatever is left of an earlier one.") var new = false
    @Option(help: .hidden) var runner: String?

    func run() async throws {
        let checkout = try Checkout()
        let store = Verdicts.store
        let plan = GameDayPlan(try RecoveryMap(contentsOf: checkout.recoveryMap).rows)
        let shelf = GameDayShelf(of: store)
        let binding = try await GameDayBinding(of: checkout, rows: plan)
        let last = new ? try? shelf.latest() : try shelf.latest()
        let start = try GameDayStart(after: last, binding: binding, isNew: new)
        let screen = Screen()
        if let reason = start.reason { screen.happened(reason) }
        let session = try GameDaySession(
            plan, in: store, command: [runner ?? "\(checkout.path)/Scripts/drill.sh"], teller: screen)
        let ended: GameDayState
        do {
            ended = try await Interrupt.guarding("the game day's lab") { try await session.hold(start.state) }
        } catch let code as ExitCode where code.rawValue > 128 {
            tell("the evidence is kept; go on with: make gameday")
            throw code
        }
        // A report that cannot be made keeps nobody from hearing of the chain.
        let closed = Result {
            try close(ended, plan, store, report: shelf.folder(of: ended).appending(path: "report.html"))
        }
        let isSound = try checkChain()
        let changed = await Self.changed(since: ended.binding, in: checkout)
        if !changed.isEmpty {
            tell("changed while the game day was held, so hold it anew: \(changed.joined(separator: ", "))")
        }
        print("to keep what it came to: drillctl map update, and commit RECOVERY_MAP.md")
        if try !closed.get() || !isSound || !changed.isEmpty { throw ExitStatus.no }
    }

    /// What a game day is bound to and is not as it was; a tree that cannot be read is not either.
    private static func changed(since binding: GameDayBinding, in checkout: Checkout) async -> [String] {
        do {
            let rows = try GameDayPlan(RecoveryMap(contentsOf: checkout.recoveryMap).rows)
            return try await GameDayBinding(of: checkout, rows: rows).differences(from: binding)
        } catch {
            return ["\(error)"]
        }
    }

    /// Sums up by section and writes the report; whether everything passed.
    private func close(
        _ state: GameDayState, _ plan: GameDayPlan, _ store: EvidenceStore, report: URL
    ) throws -> Bool {
        let board = try GameDayBoard(state, in: store)
        let closing = GameDayClosing(plan, board)
        print("\n" + Table.text(GameDayClosing.heads, closing.lines) + "\n")
        guard !board.runs.isEmpty else {
            throw DrillError(
                "the game day left no run", next: "see the logs in \(report.deletingLastPathComponent().path)"
            )
        }
        try RunReport(runs: board.runs, in: store).html().write(to: report, atomically: true, encoding: .utf8)
        print("report: \(report.path)")
        return closing.allPassed
    }

    /// Checks the evidence chain as `drillctl verify` does, where this program has that; false when it is broken.
    private func checkChain() throws -> Bool {
        guard runner == nil else {
            print("chain: not checked, since a stand-in's drills enter nothing there")
            return true
        }
        guard var verify = try? Drillctl.parseAsRoot(["verify"]) else {
            print("chain: not checked, this drillctl has no `verify`")
            return true
        }
        do {
            try verify.run()
            return true
        } catch let code as ExitCode where code == ExitStatus.no {
            return false
        }
    }
}

/// The terminal of who watches: one line that changes, and above it what happened.
///
/// Without a terminal, as under a timer, there is no such line, but one every five minutes.
private final class Screen: GameDaySession.Teller {
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
