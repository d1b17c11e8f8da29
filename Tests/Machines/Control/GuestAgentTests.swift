import Foundation
import Synchronization
import Testing

@testable import Machines

/// The guest agent's protocol: torn and stale bytes from a fake, and the real `qemu-ga` where it is installed.
@Suite struct GuestAgentTests {
    private let scratch: Scratch
    private let socket: String

    init() throws {
        scratch = try Scratch()
        socket = scratch("agent.sock")
    }

    private func connect() async throws -> GuestAgent {
        try await GuestAgent.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
    }

    @Test func syncDropsWhatStandsBeforeTheDelimiter() async throws {
        let server = try await FakeServer(at: socket, greeting: Array(#"{"return": {"to": "somebo"#.utf8)) {
            let answer = #"{"return": 1, "id": "\#($0["id"].string ?? "")"}"#
            return [
                FakeServer.line(#"{"error": {"class": "GenericError", "desc": "JSON parse error"}}"#),
                [0xFF] + FakeServer.line(answer),
            ]
        }
        defer { withExtendedLifetime(server) {} }
        let agent = try await connect()
        try await agent.sync(deadline: .seconds(30))
        try await agent.ping(deadline: .seconds(30))
    }

    @Test func syncAsksAgainUntilTheGuestIsUp() async throws {
        let asked = Mutex(0)
        let server = try await FakeServer(at: socket) { request in
            let count = asked.withLock {
                $0 += 1
                return $0
            }
            guard count > 2 else { return [] }
            return [[0xFF] + FakeServer.line(#"{"return": 1, "id": "\#(request["id"].string ?? "")"}"#)]
        }
        defer { withExtendedLifetime(server) {} }
        try await connect().sync(deadline: .seconds(30))
        // At least: a busy host may be slow to read the answer to the third.
        #expect(asked.withLock { $0 } >= 3)
    }

    @Test func syncGivesUpAtItsDeadlineAndSaysWhere() async throws {
        let server = try await FakeServer(at: socket) { _ in [] }
        defer { withExtendedLifetime(server) {} }
        let agent = try await connect()
        let error = await #expect(throws: ControlError.self) {
            try await agent.sync(deadline: .milliseconds(400))
        }
        #expect(error?.kind == .timedOut)
        #expect(error?.description.hasPrefix("guest agent of pi1 gave no answer in time: guest-sync") == true)
    }

    @Test func aCommandThatNeverEndsIsKilledInTheGuest() async throws {
        let killed = Mutex(false)
        let server = try await FakeServer(at: socket) { request in
            let id = request["id"].string ?? ""
            let arguments = request["arguments"]
            if arguments["path"] == "kill", arguments["arg"] == ["-KILL", "--", "-7"] {
                killed.withLock { $0 = true }
            }
            return [FakeServer.line(#"{"return": {"pid": 7, "exited": false}, "id": "\#(id)"}"#)]
        }
        defer { withExtendedLifetime(server) {} }
        let agent = try await connect()
        let error = await #expect(throws: ControlError.self) {
            // Long enough for a busy host to hear of its beginning: what never began is not killed.
            try await agent.run(["sleep", "infinity"], deadline: .seconds(1))
        }
        #expect(error?.operation == "sleep infinity")
        try await agent.ping(deadline: .seconds(30))
        #expect(killed.withLock { $0 })
    }

    /// The real agent, on this host: only what leaves no trace is asked of it.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/qemu-ga")))
    func aRealAgentRunsCommands() async throws {
        let real = try Child([
            "/usr/sbin/qemu-ga", "--method=unix-listen", "--path=\(socket)", "--statedir=\(scratch.path)",
            "--pidfile=\(scratch("pid"))",
        ])
        defer { withExtendedLifetime(real) {} }
        let agent = try await connect()
        try await agent.sync(deadline: .seconds(30))

        let counted = try await agent.run(["wc", "-c"], input: "twelve bytes", deadline: .seconds(30)).check()
        #expect(counted.stdout == "12\n")
        let failed = try await agent.run(
            ["sh", "-c", "echo no >&2; exit 3"], deadline: .seconds(30))
        #expect(failed.exit == 3)
        let failure = #expect(throws: GuestCommandFailure.self) { try failed.check() }
        #expect(failure?.description == "pi1: sh -c echo no >&2; exit 3 exited 3: no")
    }
}
