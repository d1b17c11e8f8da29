import Dispatch
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A pseudo-terminal that does not echo: what is typed into it never shows in what is read from it.
///
/// It is made on the host and its far end handed to the shell as an open descriptor, so that no
/// process has to serve it inside the operator's namespaces. It is nobody's controlling terminal:
/// a program that insists on /dev/tty fails at once instead of waiting for somebody to type.
final class Terminal: Sendable {
    /// The far end's path on the host.
    let path: String
    private let near: Int32
    /// Held open, so that reading never meets the end of file that stands between two users.
    private let far: Int32
    private let queue = DispatchQueue(label: "operator.terminal")
    private let reading: Mutex<Reading?> = Mutex(nil)

    private struct Reading {
        let source: any DispatchSourceRead
        let hear: @Sendable ([UInt8]) -> Void
    }

    init() throws(OperatorError) {
        var (near, far): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&near, &far, &name, nil, nil) == 0 else {
            throw OperatorError(
                "no pseudo-terminal for the operator: \(String(cString: strerror(errno))); "
                    + "is /dev/pts mounted, and are any left?")
        }
        (self.near, self.far) = (near, far)
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        for descriptor in [near, far] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(near, F_SETFL, O_NONBLOCK)
        silence()
    }

    /// Hands over what programs print, on a queue of its own, until `end()`.
    func listen(_ hear: @escaping @Sendable ([UInt8]) -> Void) {
        reading.withLock { [near, far, queue] reading in
            let source = DispatchSource.makeReadSource(fileDescriptor: near, queue: queue)
            source.setEventHandler { Self.readAll(near, hear) }
            source.setCancelHandler {
                close(near)
                close(far)
            }
            source.activate()
            reading = Reading(source: source, hear: hear)
        }
    }

    /// Hands over what has been printed already, once nothing comes any more.
    ///
    /// The kernel hands a terminal's bytes on by a worker of its own (tty_flip_buffer_push), on a busy host some time after
    /// their writer has ended.
    func drain() async {
        guard let hear = reading.withLock({ $0?.hear }) else { return }
        await withCheckedContinuation { drained in
            queue.async { [near] in
                var waiting = pollfd(fd: near, events: Int16(POLLIN), revents: 0)
                repeat { Self.readAll(near, hear) } while poll(&waiting, 1, Self.quiet) > 0
                drained.resume()
            }
        }
    }

    /// After so many milliseconds without a byte there is none.
    private static let quiet: Int32 = 500

    /// Types a line.
    ///
    /// A program may have switched echo back on: it is off again before the first byte.
    func type(_ line: String) {
        silence()
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(near, $0.baseAddress, $0.count) }
    }

    /// Stops listening and closes both ends.
    func end() {
        let reading = reading.withLock { $0.take() }
        if let reading {
            reading.source.cancel()
        } else {
            close(near)
            close(far)
        }
    }

    private func silence() {
        var mode = termios()
        guard tcgetattr(near, &mode) == 0 else { return }
        mode.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
        _ = tcsetattr(near, TCSANOW, &mode)
    }

    private static func readAll(_ descriptor: Int32, _ hear: ([UInt8]) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            hear(Array(buffer.prefix(count)))
        }
    }
}
