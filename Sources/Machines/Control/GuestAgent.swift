import Foundation

/// The agent inside one guest, spoken to over its virtio-serial port: needs no network and no keys.
///
/// The channel outlives both ends: after a boot or a restore, `sync` first.
public final class GuestAgent: Sendable {
    /// The machine's name: `pi1`.
    public let machine: String
    let connection: ControlConnection

    private init(machine: String, connection: ControlConnection) {
        self.machine = machine
        self.connection = connection
    }

    /// Connects to QEMU's end of the channel; the guest need not be up.
    public static func connect(
        socket path: String, machine: String, deadline: Duration
    ) async throws -> GuestAgent {
        let connection = try await ControlConnection.connect(
            to: path, peer: "guest agent of \(machine)", deadline: deadline)
        return GuestAgent(machine: machine, connection: connection)
    }

    /// Waits until the agent answers to us and nothing stale stands in the channel.
    ///
    /// Asks again until it is answered: a guest that still boots, or one that reboots, loses what was sent.
    public func sync(deadline: Duration) async throws {
        let end = ContinuousClock.now + deadline
        var patience = Duration.milliseconds(250)
        var asked: Set<String> = []
        while true {
            let id = connection.newID()
            asked.insert(id)
            // 0xFF resets the agent's parser, which may hold half a request of a predecessor.
            try connection.send(
                "guest-sync-delimited", ["id": .int(Int.random(in: 1...Int(Int32.max)))], id: id,
                prefix: [LineInbox.delimiter])
            do {
                // An answer to an earlier try is as good: all of them are ours.
                _ = try await connection.wait(
                    after: nil, operation: "guest-sync, asked \(asked.count) times",
                    deadline: min(patience, end - .now), sending: nil
                ) { [asked] in asked.contains($0["id"].string ?? "") }
                return
            } catch let error as ControlError where error.kind == .timedOut {
                guard ContinuousClock.now < end else {
                    throw ControlError(
                        kind: .timedOut, peer: error.peer, operation: error.operation, elapsed: deadline,
                        detail: "\(error.detail); the serial log tells how far the guest got")
                }
                // A booting guest finds all the earlier tries waiting, and emulated it answers slowly.
                patience = min(patience * 2, .seconds(2))
            }
        }
    }

    /// Asks for a sign of life.
    public func ping(deadline: Duration) async throws {
        _ = try await execute("guest-ping", deadline: deadline)
    }

    /// Runs one command of the agent's protocol and gives its `return`.
    func execute(
        _ command: String, _ arguments: JSON = [:], operation: String? = nil, deadline: Duration
    ) async throws -> JSON {
        try await connection.request(
            command, arguments, operation: operation ?? command, deadline: deadline)
    }

    /// Closes the connection; the guest runs on, and whoever still waits fails.
    public func close() { connection.close() }
}
