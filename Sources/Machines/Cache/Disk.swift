import Foundation

/// What the cache asks of the disk.
package enum Disk {
    /// Writes a file's or folder's data through, so that it outlasts a power cut.
    static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MachineError.system("cannot open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw MachineError.system("cannot write \(path) through") }
    }

    /// What ordinary users may still write, in mebibytes; nil if it cannot be told.
    package static func freeMB(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int((UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20)
    }

    /// What a file or folder takes, sparse files at what they really take.
    static func bytesOnDisk(_ path: String) -> Int64 {
        let items = (try? FolderWalk.files(in: path)) ?? []
        return items.reduce(0) { $0 + $1.bytesOnDisk }
    }

    /// Runs blocking work on a thread of its own: on the cooperative pool it would stop every deadline.
    static func onOwnThread<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try work() })
            }
        }
    }
}
