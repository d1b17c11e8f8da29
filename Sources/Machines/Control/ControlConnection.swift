import Boundary
import Foundation
import NIOCore
import NIOPosix

/// One connection to a Unix socket that speaks a JSON value a line: QMP or the guest agent.
///
/// Deadlines are kept by NIO's event loop, not by a task: a busy cooperative pool cannot delay them.
final class ControlConnection: Sendable {
    /// Whom this speaks to, for errors: `QMP of pi1`.
    let peer: String
    private let channel: any Channel
    private let switchboard: Switchboard

    /// Marks our requests, so that an answer to a predecessor on the same socket is never taken for ours.
    private let session = String(UInt32.random(in: .min ... .max), radix: 36)

    private init(peer: String, channel: any Channel, switchboard: Switchboard) {
        self.peer = peer
        self.channel = channel
        self.switchboard = switchboard
    }

    /// Connects, trying again until the socket is there and accepts.
    static func connect(
        to path: String, peer: String, deadline: Duration
    ) async throws -> ControlConnection {
        let started = ContinuousClock.now
        func failure(_ kind: ControlError.Kind, _ detail: String) -> ControlError {
            ControlError(
                kind: kind, peer: peer, operation: "connect to \(path)", elapsed: .now - started,
                detail: detail)
        }
        var pause = Duration.milliseconds(10)
        while true {
            do {
                // Held, not named: whoever is root inside can put another in its place, but not lead us to the host's.
                let socket = try SharedPath(path).hold()
                return try await connect(to: socket, peer: peer, deadline: deadline)
            } catch let error as CancellationError {
                throw error
            } catch {
                guard isNotYet(error) else { throw failure(.unreachable, "\(error)") }
                guard ContinuousClock.now - started < deadline else {
                    throw failure(.unreachable, "\(error); is its QEMU running?")
                }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(200))
            }
        }
    }

    private static func connect(
        to socket: HeldSocket, peer: String, deadline: Duration
    ) async throws -> ControlConnection {
        defer { withExtendedLifetime(socket) {} }
        let switchboard = Switchboard()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(TimeAmount(deadline))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(LineDecoder()), LineInbox(switchboard: switchboard),
                    ])
                }
            }
            .connect(unixDomainSocketPath: socket.path).get()
        return ControlConnection(peer: peer, channel: channel, switchboard: switchboard)
    }

    /// Whether a socket is not there yet, or nobody listens on it yet: a starting QEMU makes it within milliseconds.
    private static func isNotYet(_ error: any Error) -> Bool {
        switch error {
        case BoundaryError.notShared(_, _, code: ENOENT): true
        case let error as IOError: [ENOENT, ECONNREFUSED, EAGAIN].contains(error.errnoCode)
        default: false
        }
    }

    /// A name for one request that no other has, on this connection or an earlier one to the same socket.
    func newID() -> String { "\(session)-\(switchboard.ticket())" }

    /// A mark from which `unasked` looks for messages.
    var mark: Int { switchboard.unaskedCount }

    /// Sends a request and waits for the answer that bears its id; the answer's `return`.
    func request(
        _ command: String, _ arguments: JSON, operation: String, deadline: Duration
    ) async throws -> JSON {
        let id = newID()
        let started = ContinuousClock.now
        let line = try Self.line(command, arguments, id: id)
        let answer = try await wait(after: nil, operation: operation, deadline: deadline, sending: line) {
            $0["id"].string == id
        }
        let error = answer["error"]
        guard error == .null else {
            throw ControlError(
                kind: .refused(class: error["class"].string ?? "no class"), peer: peer, operation: operation,
                elapsed: .now - started, detail: error["desc"].string ?? "no description")
        }
        return answer["return"]
    }

    /// Waits for a message that nobody asked for (the greeting, an event): one that came after the mark, or
    /// without one, one that still comes.
    func unasked(
        after mark: Int?, operation: String, deadline: Duration,
        where matches: @escaping @Sendable (JSON) -> Bool
    ) async throws -> JSON {
        try await wait(after: mark, operation: operation, deadline: deadline, sending: nil, where: matches)
    }

    /// Sends a request and waits for nothing; its answer is ignored when it comes.
    func send(_ command: String, _ arguments: JSON, id: String, prefix: [UInt8] = []) throws {
        channel.writeAndFlush(try Self.line(command, arguments, id: id, prefix: prefix), promise: nil)
    }

    /// Waits for a message, sending a line once the wait stands.
    func wait(
        after mark: Int?, operation: String, deadline: Duration, sending line: ByteBuffer?,
        where matches: @escaping @Sendable (JSON) -> Bool
    ) async throws -> JSON {
        let started = ContinuousClock.now
        let (channel, switchboard) = (channel, switchboard)
        let ticket = switchboard.ticket()
        var alarm: Scheduled<Void>?
        defer { alarm?.cancel() }
        do {
            return try await switchboard.wait(ticket: ticket, after: mark, matches: matches) {
                // Set only once somebody waits: an alarm before that would find nobody to time out.
                alarm = channel.eventLoop.scheduleTask(in: TimeAmount(deadline)) {
                    switchboard.timeOut(ticket)
                }
                if let line { channel.writeAndFlush(line, promise: nil) }
            }
        } catch let failure as Switchboard.Failure {
            let (kind, detail): (ControlError.Kind, String) =
                switch failure {
                case .timedOut(let lastSeen): (.timedOut, lastSeen)
                case .lost(let reason): (.connectionLost, reason)
                }
            throw ControlError(
                kind: kind, peer: peer, operation: operation, elapsed: .now - started, detail: detail)
        }
    }

    /// Closes the connection; whoever still waits fails.
    func close() {
        switchboard.lose("the harness closed the connection")
        channel.close(promise: nil)
    }

    private static func line(
        _ command: String, _ arguments: JSON, id: String, prefix: [UInt8] = []
    ) throws -> ByteBuffer {
        let message: JSON = ["execute": .string(command), "arguments": arguments, "id": .string(id)]
        var buffer = ByteBuffer(bytes: prefix)
        buffer.writeBytes(try JSONEncoder().encode(message))
        buffer.writeInteger(UInt8(ascii: "\n"))
        return buffer
    }
}
