import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What libcurl's callbacks share during one exchange; all of them run on the thread that performs it.
final class CurlExchange {
    /// No answer that the drills ask for is near this; a larger one is a mistake.
    static let bodyLimit = 16 << 20

    private(set) var body: [UInt8] = []
    private(set) var headers: [String: String] = [:]
    /// The address family of a socket that the wall refused.
    private(set) var refusedFamily: Int32?
    private let cancelled: CancelFlag

    init(cancelled: CancelFlag) { self.cancelled = cancelled }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> CurlExchange? {
        pointer.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The wall: only a Unix socket is ever opened.
    static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let address else { return -1 }
        guard address.pointee.family == AF_UNIX else {
            CurlExchange.of(context)?.refusedFamily = address.pointee.family
            return -1
        }
        return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
    }

    static let takeBody: curl_write_callback = { bytes, size, count, context in
        let length = size * count
        guard let bytes, let exchange = CurlExchange.of(context), exchange.body.count + length <= bodyLimit
        else {
            return 0
        }
        exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
        return length
    }

    static let takeHeader: curl_write_callback = { bytes, size, count, context in
        let length = size * count
        guard let bytes, let exchange = CurlExchange.of(context) else { return 0 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            exchange.headers[line[..<colon].lowercased()] = String(value.prefix { !$0.isNewline })
        }
        return length
    }

    /// Asked at least once a second: not 0 ends the transfer.
    static let goOn: curl_xferinfo_callback = { context, _, _, _, _ in
        CurlExchange.of(context)?.cancelled.isSet == true ? 1 : 0
    }
}
