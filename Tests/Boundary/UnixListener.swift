import Foundation
import Glibc
import Testing

/// A Unix socket that somebody listens on.
struct UnixListener {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = Self.socket()
        try #require(Self.with(path) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 8) == 0)
    }

    /// Whether whoever connects to the path reaches this one.
    func isReached(by path: String) throws -> Bool {
        let client = Self.socket()
        defer { Glibc.close(client) }
        guard try Self.with(path, { connect(client, $0, $1) }) == 0 else { return false }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 0) == 1 else { return false }
        return Glibc.close(accept(descriptor, nil, nil)) == 0
    }

    func close() { Glibc.close(descriptor) }

    private static func socket() -> Int32 { Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }

    private static func with(
        _ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        try #require(path.utf8.count < room)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
