/// Tells from a disk's counters whether its cache holds enough that nobody flushed for a power cut to scatter.
///
/// QEMU counts a flush when it is done. What is unflushed at one look may be in the middle of its flush, which the disk
/// server ends whatever becomes of the machine: so it must be unflushed still at the next look.
struct UnflushedWatch {
    /// The bytes that are worth a power cut: some blocks, of which some are in clusters that qcow2 has mapped.
    static let worth = 32 << 10

    private var atFlush: (bytes: Int, flushes: Int)?
    private var wasSeen = false

    /// Takes what the counters say now; true where so much has been unflushed since the look before.
    mutating func sees(bytesWritten bytes: Int, flushes: Int) -> Bool {
        guard let atFlush, atFlush.flushes == flushes else {
            (atFlush, wasSeen) = ((bytes, flushes), false)
            return false
        }
        let isThere = bytes - atFlush.bytes >= Self.worth
        defer { wasSeen = isThere }
        return isThere && wasSeen
    }
}
