import Foundation
import NIOCore

/// Cuts the incoming bytes into lines.
///
/// NIO's own line decoder lives in swift-nio-extras; this is all that is needed of it.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    /// How much of the unfinished line has been searched, so that a long one is searched once.
    private var searched = 0

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let fresh = buffer.readableBytesView.dropFirst(searched)
        guard let newline = fresh.firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.readableBytes
            return .needMoreData
        }
        searched = 0
        let line = buffer.readSlice(length: newline - buffer.readerIndex)
        buffer.moveReaderIndex(forwardBy: 1)
        if let line { context.fireChannelRead(wrapInboundOut(line)) }
        return .continue
    }
}

/// Hands each line, decoded, to the switchboard, and tells it when the connection is gone.
final class LineInbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The byte that the guest agent sends before the answer to `guest-sync-delimited`: whatever stands
    /// before it on the line is the torn end of an answer to somebody else.
    static let delimiter: UInt8 = 0xFF

    private let switchboard: Switchboard
    private let decoder = JSONDecoder()

    init(switchboard: Switchboard) { self.switchboard = switchboard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var line = unwrapInboundIn(data).readableBytesView[...]
        if let mark = line.lastIndex(of: Self.delimiter) { line = line[(mark + 1)...] }
        guard line.contains(where: { $0 > 0x20 }) else { return }
        if let message = try? decoder.decode(JSON.self, from: Data(line)) {
            switchboard.deliver(message)
        } else {
            switchboard.noteNonsense(bytes: line.count)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        switchboard.lose("the other side closed the connection")
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switchboard.lose("\(error)")
        context.close(promise: nil)
    }
}
