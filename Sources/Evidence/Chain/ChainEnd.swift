import Foundation

/// The end of a log: its last whole line, and what was torn after it.
struct ChainEnd {
    /// Bytes up to the end of the last whole line.
    let whole: off_t
    /// Bytes after that, which a crash left of a line without its end.
    let torn: Int
    /// The last whole line without its end; nil when there is none.
    let lastLine: Data?

    /// Looks at the end of an open log; reads no more of it than its last lines.
    init(of descriptor: Int32, path: String) throws {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw EvidenceError.system("read", path, errno: errno) }
        var tail = Data()
        var start = size
        // Until two line ends are seen: the one before the last whole line, and its own.
        while start > 0, tail.count(where: { $0 == UInt8(ascii: "\n") }) < 2 {
            let count = min(start, 1 << 16)
            start -= count
            tail = try Self.read(descriptor, count: Int(count), at: start, path: path) + tail
        }
        guard let last = tail.lastIndex(of: UInt8(ascii: "\n")) else {
            (whole, torn, lastLine) = (0, tail.count, nil)
            return
        }
        let line = tail[..<last]
        let before = line.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? line.startIndex
        torn = tail.endIndex - last - 1
        whole = size - off_t(torn)
        lastLine = Data(line[before...])
    }

    /// The link of the entry that comes next.
    func next(in path: String) throws -> ChainLink {
        let cut = torn > 0 ? torn : nil
        guard let lastLine else {
            let trail = SHA256Hex.text((0..<16).map { _ in UInt8.random(in: .min ... .max) })
            return ChainLink(trail: trail, index: 0, cutBytes: cut)
        }
        guard case .success(let last) = ChainEntry.read(lastLine), case .success = last.signer() else {
            throw EvidenceError(
                .brokenChain,
                "the last line of \(path) is no entry of an evidence chain: 'drillctl verify' tells what is wrong; "
                    + "move the evidence folder away to begin a new one")
        }
        return ChainLink(
            trail: last.link.trail, index: last.link.index + 1, previous: last.sha256, cutBytes: cut)
    }

    private static func read(_ descriptor: Int32, count: Int, at start: off_t, path: String) throws -> Data {
        var data = Data(count: count)
        let got = data.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, start) }
        guard got == count else { throw EvidenceError.system("read", path, errno: got < 0 ? errno : EIO) }
        return data
    }
}
