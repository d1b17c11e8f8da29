import Foundation
import NIOCore
import NIOPosix

@testable import Machines

/// The far end of a control socket, for what no real one does on demand.
final class FakeServer: Sendable {
    /// What it sends back to a request, line by line or in any other bytes.
    typealias Script = @Sendable (_ request: JSON) -> [[UInt8]]

    private let channel: any Channel

    init(at path: String, greeting: [UInt8] = [], script: @escaping Script) async throws {
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(LineDecoder()), Answering(greeting: greeting, script: script),
                    ])
                }
            }
            .bind(unixDomainSocketPath: path).get()
    }

    deinit { channel.close(promise: nil) }

    /// A QMP server: the greeting, and an answer to everything that the script has none for.
    static func qmp(
        at path: String,
        script: @escaping @Sendable (_ command: String, _ id: String) -> [String]? = { _, _ in nil }
    ) async throws -> FakeServer {
        try await FakeServer(at: path, greeting: line(#"{"QMP": {"version": {}, "capabilities": []}}"#)) {
            let id = $0["id"].string ?? ""
            return (script($0["execute"].string ?? "", id) ?? [#"{"return": {}, "id": "\#(id)"}"#]).map(line)
        }
    }

    static func line(_ text: String) -> [UInt8] { Array(text.utf8) + [0x0A] }
}

/// Sends the greeting, then what the script says; an empty answer closes the connection.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let greeting: [UInt8]
    private let script: FakeServer.Script

    init(greeting: [UInt8], script: @escaping FakeServer.Script) {
        self.greeting = greeting
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) { send(greeting, context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let line = unwrapInboundIn(data).readableBytesView.drop { $0 == LineInbox.delimiter }
        guard let request = try? JSONDecoder().decode(JSON.self, from: Data(line)) else { return }
        for answer in script(request) {
            if answer == FakeServer.hangUp { context.close(promise: nil) } else { send(answer, context) }
        }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }
}

extension FakeServer {
    /// In a script: closes the connection.
    static let hangUp = line("hang up")
}
