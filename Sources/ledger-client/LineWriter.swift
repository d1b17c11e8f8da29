import Foundation
import Ledger
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The journal: standard output, one `write(2)` for each line.
final class LineWriter: Sendable {
    private let epoch: UInt64
    private let turn = Mutex(())

    init(epoch: UInt64) { self.epoch = epoch }

    /// Seconds since the case's start.
    private var now: Double {
        let time = Monotonic.nanoseconds
        return time >= epoch ? Double(time - epoch) / 1e9 : -Double(epoch - time) / 1e9
    }

    /// Writes a line, and returns when it is on the disk if `synced`.
    ///
    /// A journal that cannot be written ends the program: what is not journalled must not be sent.
    func put(
        _ event: LedgerLine.Event, store: StoreKind? = nil, number: Int? = nil, content: String? = nil,
        count: Int? = nil, prefix: String? = nil, detail: String? = nil, synced: Bool = false
    ) {
        let written = turn.withLock { _ in
            let line = LedgerLine(
                at: now, event: event, store: store?.rawValue, number: number, content: content,
                count: count, prefix: prefix, detail: detail.map { String($0.prefix(300)) })
            guard let data = try? line.encoded() else { return false }
            return data.withUnsafeBytes { bytes in
                var count = write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                while count < 0, errno == EINTR {
                    count = write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
                }
                return count == bytes.count
            }
        }
        guard written, !synced || Self.bringToDisk() else { exit(74) }
    }

    private static func bringToDisk() -> Bool {
        #if canImport(Darwin)
            let failed = fsync(STDOUT_FILENO) != 0
        #else
            let failed = fdatasync(STDOUT_FILENO) != 0
        #endif
        // Something that is no file, such as a pipe, has nothing to bring anywhere.
        return !failed || errno == EINVAL
    }
}
