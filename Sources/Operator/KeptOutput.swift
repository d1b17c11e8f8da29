/// What one stream said during one step, bounded: its first and last bytes and how many it had.
struct KeptOutput: Sendable {
    /// How many bytes are kept of the beginning, and again of the end.
    static let limit = 65_536

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var total = 0

    /// How many bytes in the middle were not kept.
    var omitted: Int { total - head.count - min(tail.count, Self.limit) }

    /// What was kept, as text: bytes that are not UTF-8 become U+FFFD, CR LF (of a terminal) LF.
    var text: String {
        let end = tail.suffix(Self.limit)
        let text =
            omitted == 0
            ? String(decoding: head + end, as: UTF8.self)
            : String(decoding: head, as: UTF8.self) + "\n[… \(omitted) bytes left out …]\n"
                + String(decoding: end, as: UTF8.self)
        return text.contains("\r\n") ? text.split(separator: "\r\n", omittingEmptySubsequences: false)
            .joined(separator: "\n") : text
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        total += bytes.count
        let first = bytes.prefix(Self.limit - head.count)
        head += first
        tail += bytes.dropFirst(first.count).suffix(Self.limit)
        // Cut only now and then, so that a flood is not moved for every piece of it.
        if tail.count > 8 * Self.limit { tail.removeFirst(tail.count - Self.limit) }
    }
}
