import Foundation

/// A folder for one test, short enough for sockets, gone when the test is over.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = "/tmp/t-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in it.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
