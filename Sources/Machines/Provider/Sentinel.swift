/// Two marks on a machine's disk that tell a power cut from the mere end of a process: one that a program had flushed,
/// one that the disk had only taken into its volatile cache.
///
/// After a power cut the first must be on the disk and the second must not (SNIA, "Solid State Storage Performance
/// Test", calls such a cache volatile; POSIX `fsync` is what promises the first).
public struct Sentinel: Sendable, Equatable {
    /// Where the flushed mark stands, in bytes of the disk as the machine sees it.
    let flushedAt: Int

    /// The bytes of each mark, all the same.
    static let flushedByte: UInt8 = 0xA1
    static let unflushedByte: UInt8 = 0xB2
    /// The length of each mark in bytes: one block.
    static let length = 4096

    /// What a dark machine's disk holds of the two marks.
    public struct Reading: Sendable, CustomStringConvertible {
        /// Whether the mark that a program had flushed is there.
        public let keptFlushed: Bool
        /// Whether the mark that nobody had flushed is gone.
        public let lostUnflushed: Bool

        /// How many of the other unflushed blocks the disk kept, and of how many; nil where it kept none by design.
        public let scattered: (kept: Int, of: Int)?

        /// Whether it was a power cut, and the disk an honest one.
        public var isOfAPowerCut: Bool { keptFlushed && lostUnflushed }

        /// Both in words.
        public var description: String {
            "flushed write \(keptFlushed ? "kept" : "lost"), unflushed write \(lostUnflushed ? "lost" : "kept")"
                + (scattered.map { ", \($0.kept) of \($0.of) other unflushed blocks kept" } ?? "")
        }
    }
}
