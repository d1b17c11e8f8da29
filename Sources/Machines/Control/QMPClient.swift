/// The control of one QEMU: its machine protocol (QMP) over a Unix socket.
///
/// QEMU serves one client a socket at a time; a second one waits in vain for the greeting.
public final class QMPClient: Sendable {
    /// A moment in the stream of events, to wait from.
    public struct EventMark: Sendable {
        fileprivate let position: Int
    }

    private let connection: ControlConnection

    private init(connection: ControlConnection) { self.connection = connection }

    /// Connects, waits for the greeting and leaves the negotiation mode.
    ///
    /// - Parameters:
    ///   - path: The socket; waited for if it is not there yet.
    ///   - machine: The machine's name, for errors; by default the name of the socket's folder.
    ///   - deadline: For all of it together.
    public static func connect(
        socket path: String, machine: String? = nil, deadline: Duration
    ) async throws -> QMPClient {
        let machine = machine ?? path.split(separator: "/").dropLast().last.map(String.init) ?? path
        let end = ContinuousClock.now + deadline
        let connection = try await ControlConnection.connect(
            to: path, peer: "QMP of \(machine)", deadline: deadline)
        do {
            _ = try await connection.unasked(
                after: 0, operation: "greeting (is another client connected?)", deadline: end - .now
            ) { $0["QMP"] != .null }
            _ = try await connection.request(
                "qmp_capabilities", [:], operation: "qmp_capabilities", deadline: end - .now)
            return QMPClient(connection: connection)
        } catch {
            connection.close()
            throw error
        }
    }

    /// Runs one command and gives its `return`.
    ///
    /// - Throws: `ControlError`; `refused` with QEMU's class and description when it says no.
    @discardableResult
    public func execute(
        _ command: String, _ arguments: JSON = [:], deadline: Duration = .seconds(30)
    ) async throws -> JSON {
        try await connection.request(command, arguments, operation: command, deadline: deadline)
    }

    /// The present moment, for `waitForEvent`: take it before the command that causes the event.
    public var mark: EventMark { EventMark(position: connection.mark) }

    /// Waits for an event and gives its `data`.
    ///
    /// - Parameters:
    ///   - name: As QMP spells it, e.g. `STOP`.
    ///   - mark: Events since then count too (the last 256 are remembered); without it only coming ones.
    ///   - matches: Looks at the event's `data`.
    public func waitForEvent(
        named name: String, after mark: EventMark? = nil,
        where matches: @escaping @Sendable (JSON) -> Bool = { _ in true }, deadline: Duration
    ) async throws -> JSON {
        try await connection.unasked(
            after: mark?.position, operation: "wait for event \(name)", deadline: deadline
        ) { $0["event"].string == name && matches($0["data"]) }["data"]
    }

    /// Closes the connection; QEMU runs on, and whoever still waits fails.
    public func close() { connection.close() }
}
