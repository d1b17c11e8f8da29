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
        for descriptor in [near, far] {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }
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

    /// Hands over what has been printed already.
    ///
    /// The kernel hands a terminal's bytes on by a worker of its own (tty_flip_buffer_push), on a busy host some time after
    /// their writer has ended. They keep their order: once a mark of ours has come through, so have they.
    func drain() async {
        guard let hear = reading.withLock({ $0?.hear }) else { return }
        await withCheckedContinuation { drained in
            queue.async { [near, far] in
                hear(Self.printed(on: near, beforeMarkAt: far))
                drained.resume()
            }
        }
    }

    /// What comes before a mark that is printed now; at most five seconds of it, where somebody prints without end.
    private static func printed(on near: Int32, beforeMarkAt far: Int32) -> [UInt8] {
        let mark = Array("\u{1E}\(UInt64.random(in: .min ... .max))\u{1E}".utf8)
        let end = ContinuousClock.now + .seconds(5)
        var (isMarked, heard) = (false, [UInt8]())
        while ContinuousClock.now < end {
            if !isMarked { isMarked = write(far, mark, mark.count) == mark.count }
            var waiting = pollfd(fd: near, events: Int16(POLLIN), revents: 0)
            _ = poll(&waiting, 1, 100)
            heard += readSome(near)
            if let found = heard.firstRange(of: mark) { return Array(heard[..<found.lowerBound]) }
        }
        return heard
    }

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
        while true {
            let bytes = readSome(descriptor)
            guard !bytes.isEmpty else { return }
            hear(bytes)
        }
    }

    /// What can be read at once; nothing where nothing waits.
    private static func readSome(_ descriptor: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
