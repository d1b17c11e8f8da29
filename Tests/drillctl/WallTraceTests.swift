import Foundation
import Testing

/// Scripts/wall-trace.sh over small programs, with the real strace.
@Suite struct WallTraceTests {
    /// Traces a shell's command; a checkpoint with secrets is there.
    private func trace(_ command: String) async throws -> Program.Ending {
        var program = try Program()
        defer { program.remove() }
        _ = try FakeCheckpoint(in: program)
        program.wrapper = ["/usr/bin/env", "DRILLCTL=\(program.path)"]
        program.path = "\(Program.checkout)/Scripts/wall-trace.sh"
        return try await program.run(["\(program.scratch)/trace", "/bin/sh", "-c", command])
    }

    static let wall = "bwrap --unshare-user --unshare-net --unshare-pid --dev-bind / / --proc /proc"
    /// Nobody listens there, and it leads to no other host.
    static let curl = "curl --silent http://127.0.0.1:9/"

    @Test("What speaks IP behind the wall passes")
    func behind() async throws {
        let ended = try await trace("\(Self.wall) \(Self.curl); true")
        #expect(ended.exit == 0, "\(ended)")
        #expect(ended.out.contains("behind it: 0 calls that speak IP outside"))
        #expect(ended.out.contains("1 file, 8 secrets of 1 checkpoint: 0 findings"))
    }

    @Test("What speaks IP outside is told with process, call and address, even when the command succeeds")
    func outside() async throws {
        let ended = try await trace("\(Self.wall) \(Self.curl); \(Self.curl); true")
        #expect(ended.exit == 1)
        #expect(
            ended.out.contains(#/line \d+: /usr/bin/curl \(\d+\) called connect\(.*127\.0\.0\.1/#),
            "\(ended.out)")
    }

    @Test("A secret among the arguments of a process is told, behind the wall too")
    func argument() async throws {
        let ended = try await trace("\(Self.wall) /bin/echo \(FakeCheckpoint.token)")
        #expect(ended.exit == 1)
        #expect(ended.out.contains("the secret `operator-token`"), "\(ended.out)")
    }

    @Test("The command's own failure comes first")
    func failure() async throws {
        #expect(try await trace("\(Self.curl); exit 7").exit == 7)
    }
}
