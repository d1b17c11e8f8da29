/// What one stream said during one step, bounded: its first and last bytes and how many it had.
struct KeptOutput: Sendable {
    /// How many bytes are kept of the beginning, and again of the end.
    static let limit = 65_536

    private var head: [UInt8] = []
    /// What follows the head; its byte number n stands at n modulo the limit.
    private var ring: [UInt8] = []
    /// How many bytes followed the head.
    private var beyond = 0

    /// How many bytes in the middle were not kept.
    var omitted: Int { max(0, beyond - Self.limit) }

    /// What was kept, as text: bytes that are not UTF-8 become U+FFFD, CR LF (of a terminal) LF.
    var text: String {
        let oldest = beyond % Self.limit
        let tail = omitted == 0 ? ring.prefix(beyond) : ring[oldest...] + ring[..<oldest]
        let text =
            omitted == 0
            ? String(decoding: head + tail, as: UTF8.self)
            : String(decoding: head, as: UTF8.self) + "\n[… \(omitted) bytes left out …]\n"
                + String(decoding: tail, as: UTF8.self)
        return text.contains("\r\n") ? text.replacing("\r\n", with: "\n") : text
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let first = bytes.prefix(Self.limit - head.count)
        if !first.isEmpty { head += first }
        guard first.count < bytes.count else { return }
        if ring.isEmpty { ring = [UInt8](repeating: 0, count: Self.limit) }
        let last = bytes.dropFirst(first.count).suffix(Self.limit)
        beyond += bytes.count - first.count - last.count
        let start = beyond % Self.limit
        put(last.prefix(Self.limit - start), at: start)
        put(last.dropFirst(Self.limit - start), at: 0)
        beyond += last.count
    }

    /// Copies as a block: a loop over the bytes of a flood takes half a minute unoptimised.
    private mutating func put(_ bytes: ArraySlice<UInt8>, at start: Int) {
        bytes.withUnsafeBytes { source in
            ring.withUnsafeMutableBytes { $0[start...].copyBytes(from: source) }
        }
    }
}
