import Foundation
import Machines
import Testing

/// The machine protocol against a server that misbehaves on demand.
@Suite struct QMPClientTests {
    private let scratch: Scratch
    private let socket: String

    init() throws {
        scratch = try Scratch()
        socket = scratch("qmp.sock")
    }

    @Test func anErrorCarriesItsClassAndDescription() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, id in
            guard command == "cont" else { return nil }
            return [#"{"id": "\#(id)", "error": {"class": "GenericError", "desc": "no such luck"}}"#]
        }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        let error = await #expect(throws: ControlError.self) {
            try await qmp.execute("cont", deadline: .seconds(30))
        }
        #expect(error?.kind == .refused(class: "GenericError"))
        #expect(error?.description.hasPrefix("QMP of pi1 refused (GenericError): cont, after ") == true)
        #expect(error?.description.hasSuffix("no such luck") == true)
    }

    @Test func anAnswerToSomebodyElseIsNotOurs() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, id in
            guard command == "query-name" else { return nil }
            return [#"{"return": "stale", "id": "old-7"}"#, #"{"return": "ours", "id": "\#(id)"}"#]
        }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        #expect(try await qmp.execute("query-name", deadline: .seconds(30)) == "ours")
    }

    @Test func anEventThatComesBeforeTheAnswerIsFoundFromTheMark() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, id in
            guard command == "migrate" else { return nil }
            return ["setup", "active", "completed"].map {
                #"{"event": "MIGRATION", "data": {"status": "\#($0)"}}"#
            } + [#"{"return": {}, "id": "\#(id)"}"#]
        }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        let mark = qmp.mark
        try await qmp.execute("migrate", deadline: .seconds(30))
        let event = try await qmp.waitForEvent(
            named: "MIGRATION", after: mark, where: { $0["status"] == "completed" }, deadline: .seconds(30))
        #expect(event["status"] == "completed")
        let error = await #expect(throws: ControlError.self) {
            try await qmp.waitForEvent(named: "MIGRATION", deadline: .milliseconds(50))
        }
        #expect(error?.kind == .timedOut)
    }

    @Test func aLostConnectionFailsEveryWaiterAndLaterOnes() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, _ in
            command == "quit" ? ["hang up"] : command == "stop" ? [] : nil
        }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        try await withThrowingTaskGroup { group in
            for command in ["stop", "stop", "quit"] {
                group.addTask {
                    let error = await #expect(throws: ControlError.self) {
                        try await qmp.execute(command, deadline: .seconds(30))
                    }
                    #expect(error?.kind == .connectionLost)
                }
            }
            try await group.waitForAll()
        }
        let error = await #expect(throws: ControlError.self) {
            try await qmp.execute("cont", deadline: .seconds(30))
        }
        #expect(error?.kind == .connectionLost)
    }

    @Test func aDeadlineTellsWhatWasLastSeen() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, _ in
            command == "stop" ? ["{torn"] : nil
        }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi2", deadline: .seconds(30))
        let error = await #expect(throws: ControlError.self) {
            try await qmp.execute("stop", deadline: .milliseconds(100))
        }
        #expect(error?.kind == .timedOut)
        #expect(error?.detail.hasPrefix("last seen: a line of 5 bytes that is no JSON, ") == true)
    }

    @Test func aCancelledWaitEndsAtOnce() async throws {
        let server = try await FakeServer.qmp(at: socket) { command, _ in command == "stop" ? [] : nil }
        defer { withExtendedLifetime(server) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        let started = ContinuousClock.now
        let task = Task { try await qmp.execute("stop", deadline: .seconds(60)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - started < .seconds(30))
    }

    @Test func aSocketThatNobodyServesIsNamed() async throws {
        let error = await #expect(throws: ControlError.self) {
            try await QMPClient.connect(socket: socket, machine: "pi3", deadline: .milliseconds(50))
        }
        #expect(error?.kind == .unreachable)
        #expect(error?.description.contains(socket) == true)
    }

    @Test func aPathTooLongForASocketIsRefusedAtOnce() async throws {
        let long = scratch(String(repeating: "x", count: 108))
        let error = await #expect(throws: ControlError.self) {
            try await QMPClient.connect(socket: long, machine: "pi1", deadline: .seconds(60))
        }
        #expect(error?.kind == .unreachable)
    }

    /// QEMU itself, with no machine in it: real greeting, commands, events and errors.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-x86_64")))
    func aRealQEMUAnswers() async throws {
        let qemu = try Child([
            "qemu-system-x86_64", "-M", "none", "-nodefaults", "-display", "none", "-S", "-qmp",
            "unix:\(socket),server=on,wait=off",
        ])
        defer { withExtendedLifetime(qemu) {} }
        let qmp = try await QMPClient.connect(socket: socket, machine: "pi1", deadline: .seconds(30))
        #expect(try await qmp.execute("query-status", deadline: .seconds(30))["status"] == "prelaunch")
        let schema = try await qmp.execute("query-qmp-schema", deadline: .seconds(30))
        #expect((schema.array?.count ?? 0) > 500)
        let error = await #expect(throws: ControlError.self) {
            try await qmp.execute("no-such-command", deadline: .seconds(30))
        }
        #expect(error?.kind == .refused(class: "CommandNotFound"))
        let mark = qmp.mark
        try await qmp.execute("cont", deadline: .seconds(30))
        _ = try await qmp.waitForEvent(named: "RESUME", after: mark, deadline: .seconds(30))
        await qemu.kill()
        let lost = await #expect(throws: ControlError.self) {
            try await qmp.waitForEvent(named: "STOP", deadline: .seconds(30))
        }
        #expect(lost?.kind == .connectionLost)
    }
}
