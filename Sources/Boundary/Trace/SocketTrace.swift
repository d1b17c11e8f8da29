/// The sockets of a run as `strace` recorded it: whether anything but what is behind the wall opened one that speaks IP.
///
/// A thread is behind the wall from the call on by which it or an ancestor came into a network that is not the host's
/// (`clone`, `unshare`, `setns`). Outside, Unix sockets and netlink (which asks the kernel and sends nothing) are all that
/// may be; io_uring may not, since what it opens no trace shows, but for QEMU's programs, which wait for files by it.
/// Scripts/wall-trace.sh has the options that this needs.
public struct SocketTrace: Sendable {
    /// A call outside the wall that may not be.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The line of the trace.
        public var line: Int
        /// The thread, as the host numbers it.
        public var thread: Int32
        /// The program that it ran.
        public var program: String
        /// The call with its address, as strace prints it.
        public var call: String

        /// Line, process and call.
        public var description: String { "line \(line): \(program) (\(thread)) called \(call)" }
    }

    /// What may not be, in order.
    public let findings: [Finding]
    /// How many sockets were opened outside the wall, all told.
    public let outside: Int
    /// How many sockets were opened behind it.
    public let behind: Int

    /// Judges a trace.
    ///
    /// - Parameters:
    ///   - trace: The text that `strace -f -y --pidns-translation -o` wrote.
    ///   - host: The host's network as `readlink /proc/self/ns/net` gives it.
    /// - Throws: ``TraceError`` when a line is none of strace's, or nothing was traced: it would prove nothing.
    public init(_ trace: String, host: String) throws {
        let reading = try TraceReading(trace, host: host)
        var findings: [Finding] = []
        var (outside, behind) = (0, 0)
        for call in reading.calls {
            guard let isHarmless = Self.isHarmless(call) else { continue }
            let isApart = reading.networks.isApart(call.thread, at: call.began)
            if call.name.hasPrefix("socket") { if isApart { behind += 1 } else { outside += 1 } }
            guard !isApart, !isHarmless else { continue }
            let program = reading.program(call.thread, at: call.began)
            if call.name == "io_uring_setup", program.hasPrefix("/usr/bin/qemu-") { continue }
            findings.append(
                Finding(
                    line: call.began, thread: call.thread, program: program,
                    call: "\(call.name)(\(call.arguments))"))
        }
        guard outside + behind > 0 else { throw TraceError(line: nil, "no socket was traced at all") }
        self.findings = findings
        self.outside = outside
        self.behind = behind
    }

    /// Whether a call may be made anywhere; nil when it is about no socket.
    private static func isHarmless(_ call: TracedCall) -> Bool? {
        switch call.name {
        case "socket", "socketpair":
            return ["AF_UNIX", "AF_NETLINK"].contains(call.arguments.prefix { $0 != "," })
        case "connect", "bind":
            guard let named = call.arguments.firstRange(of: "sa_family=") else { return false }
            let family = call.arguments[named.upperBound...].prefix { $0 != "," && $0 != "}" }
            // AF_UNSPEC names no address: it dissolves a connection.
            return ["AF_UNIX", "AF_NETLINK", "AF_UNSPEC"].contains(family)
        case "io_uring_setup": return false
        default: return nil
        }
    }
}

/// Why a trace shows nothing.
public struct TraceError: Error, CustomStringConvertible {
    /// What is wrong, where, and what to do next.
    public let description: String

    init(line: Int?, _ what: String) {
        description =
            "\(line.map { "line \($0) of the trace: " } ?? "the trace: ")\(what), so it proves nothing; trace with "
            + "Scripts/wall-trace.sh"
    }
}
