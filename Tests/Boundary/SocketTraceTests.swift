import Boundary
import Foundation
import Testing

/// Traces recorded with the options of Scripts/wall-trace.sh, where 192.168.1.201-203 led nowhere.
@Suite("A trace of sockets") struct SocketTraceTests {
    private func recorded(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Traces/\(name).txt"), encoding: .utf8)
    }

    /// A server and a client of a Unix socket outside; bubblewrap with curl behind it, and curl entering by `nsenter`.
    @Test func hasNothingAgainstWhatIsBehindTheWall() throws {
        let trace = try SocketTrace(try recorded("behind"), host: "net:[4026532336]")
        #expect(trace.findings == [])
        #expect(trace.behind > 8 && trace.outside > 4)
    }

    @Test(arguments: [
        ("curl", "/usr/bin/curl", "AF_INET, SOCK_STREAM", "192.168.1.201"),
        ("libpq", "/usr/lib/postgresql/15/bin/psql", "AF_INET, SOCK_STREAM", "192.168.1.202"),
        ("getaddrinfo", "/usr/bin/getent", "AF_INET, SOCK_DGRAM", "192.168.1.203"),
    ]) func tellsProcessCallAndAddress(_ name: String, _ program: String, _ socket: String, _ address: String)
        throws
    {
        let findings = try SocketTrace(try recorded(name), host: "net:[4026532179]").findings
        #expect(findings.allSatisfy { $0.program == program })
        #expect(findings.first?.call.hasPrefix("socket(\(socket)") == true)
        let connected = try #require(findings.first { $0.call.hasPrefix("connect(") })
        #expect(connected.call.contains(#"sin_addr=inet_addr("\#(address)")"#))
        #expect(
            "\(connected)".hasPrefix(
                "line \(connected.line): \(program) (\(connected.thread)) called connect("))
    }

    private static let ip = "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[9]>"
    private static let start = #"10 execve("/usr/bin/drill", ["drill"], 0x7f /* 2 vars */) = 0"#

    /// The lines on which something is found.
    private func found(_ lines: String...) throws -> [Int] {
        try SocketTrace(([Self.start] + lines).joined(separator: "\n"), host: "net:[1]").findings.map(\.line)
    }

    @Test func followsEveryWayBehindTheWall() throws {
        #expect(try found("10 unshare(CLONE_NEWUSER|CLONE_NEWNET) = 0", "10 \(Self.ip)") == [])
        #expect(try found("10 clone3({flags=CLONE_NEWNET|CLONE_VM}, 88) = 11", "11 \(Self.ip)") == [])
        #expect(try found("10 setns(3<net:[2]>, CLONE_NEWNET) = 0", "10 \(Self.ip)") == [])
        // By the number that the host knows, not by the one that its own namespace gives it.
        let inner = "11 vfork() = 10 /* 12 in strace's PID NS */"
        #expect(
            try found(
                "10 clone(flags=CLONE_NEWNET|CLONE_NEWPID) = 11", inner, "12 \(Self.ip)", "10 \(Self.ip)")
                == [5])
    }

    @Test func isOutsideBeforeItAndWithoutIt() throws {
        #expect(try found("10 \(Self.ip)", "10 unshare(CLONE_NEWNET) = 0", "10 \(Self.ip)") == [2])
        #expect(
            try found("10 unshare(CLONE_NEWNET) = -1 EPERM (Operation not permitted)", "10 \(Self.ip)") == [3]
        )
        #expect(try found("10 unshare(CLONE_NEWUSER) = 0", "10 \(Self.ip)") == [3])
        #expect(
            try found("10 clone(flags=SIGCHLD) = 11", "11 unshare(CLONE_NEWNET) = 0", "10 \(Self.ip)") == [4])
        #expect(
            try found("10 clone(flags=SIGCHLD) = 11", "10 unshare(CLONE_NEWNET) = 0", "11 \(Self.ip)") == [4])
        #expect(try found("99 \(Self.ip)") == [2])
    }

    @Test func isOutsideAgainWhenItComesBack() throws {
        let inside = "10 setns(3<net:[2]>, CLONE_NEWNET) = 0"
        #expect(try found(inside, "10 setns(4<net:[1]>, CLONE_NEWNET) = 0", "10 \(Self.ip)") == [4])
        // Nobody knows where this one leads.
        #expect(try found(inside, "10 setns(4, CLONE_NEWNET) = 0", "10 \(Self.ip)") == [4])
    }

    @Test func knowsAProcessWhoseBirthIsToldLater() throws {
        let born = [
            "10 clone(flags=CLONE_NEWNET <unfinished ...>", "11 \(Self.ip)", "10 <... clone resumed>) = 11",
        ]
        #expect(try found(born[0], born[1], born[2]) == [])
        #expect(try found(born[0].replacing("CLONE_NEWNET", with: "SIGCHLD"), born[1], born[2]) == [3])
    }

    @Test func knowsANumberThatIsGivenAgain() throws {
        let first = "10 clone(flags=CLONE_NEWNET) = 11"
        #expect(
            try found(first, "11 +++ exited with 0 +++", "10 clone(flags=SIGCHLD) = 11", "11 \(Self.ip)") == [
                5
            ])
    }

    @Test func letsQEMUWaitForFiles() throws {
        let started = #"10 execve("/usr/bin/qemu-img", ["qemu-img"], 0x7f /* 2 vars */) = 0"#
        #expect(
            try found(started, "10 socket(AF_UNIX, SOCK_STREAM, 0) = 3", "10 io_uring_setup(8, {}) = 3") == []
        )
        #expect(try found(started, "10 \(Self.ip)") == [3])
    }

    @Test func takesNoNoteOfACallThatWasNeverMade() throws {
        #expect(try found("10 ???( <unfinished ...>", "10 +++ killed by SIGKILL +++", "11 \(Self.ip)") == [4])
    }

    /// As a drill had it, whose section was done while a client of it was about to go.
    @Test func takesNoteOfACallThatNobodySawMade() throws {
        #expect(try found("10 ???( <detached ...>", "11 \(Self.ip)") == [3])
        #expect(try found("10 socket(AF_INET, SOCK_STREAM, 0 <detached ...>") == [2])
    }

    @Test func knowsAThreadThatTakesTheProcessesPlace() throws {
        let lines = [
            "10 clone(flags=CLONE_THREAD) = 11", "11 unshare(CLONE_NEWNET) = 0",
            #"11 execve("/usr/bin/curl", ["curl"], 0x7f /* 2 vars */ <unfinished ...>"#,
            "10 +++ superseded by execve in pid 11 +++", "10 <... execve resumed>) = 0", "10 \(Self.ip)",
        ]
        #expect(try found(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5]) == [])
        #expect(try found(lines[0], lines[2], lines[3], lines[4], lines[5]) == [6])
    }

    @Test(arguments: [
        "socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
        "socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = 3<socket:[9]>",
        "socket(AF_VSOCK, SOCK_STREAM, 0) = 3<socket:[9]>",
        "bind(3<socket:[9]>, {sa_family=AF_INET6, sin6_port=htons(0)}, 28) = 0",
        "connect(3<socket:[9]>, {sa_family=AF_INET, sin_port=htons(80)}, 16 <unfinished ...>",
        "connect(3<socket:[9]>, NULL, 16) = -1 EFAULT (Bad address)", "io_uring_setup(8, {flags=0}) = 3",
    ]) func tellsOfEverythingThatIsNoUnixSocket(_ call: String) throws {
        #expect(try found("10 socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[8]>", "10 \(call)") == [3])
    }

    @Test(arguments: [
        "socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[9]>", "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0",
        "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3<socket:[9]>",
        #"connect(3<socket:[9]>, {sa_family=AF_UNIX, sun_path="/run/AF_INET"}, 16) = 0"#,
    ]) func hasNothingAgainstTheOthers(_ call: String) throws {
        #expect(try found("10 socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[8]>", "10 \(call)") == [])
    }

    @Test(arguments: [
        "", "10 +++ exited with 0 +++", "nonsense", "10 <... socket resumed>) = 3", "10 socket(AF_UNIX",
    ])
    func provesNothing(_ trace: String) {
        let error = #expect(throws: TraceError.self) { try SocketTrace(trace, host: "net:[1]") }
        #expect(
            "\(String(describing: error))".contains("so it proves nothing; trace with Scripts/wall-trace.sh"))
    }
}
