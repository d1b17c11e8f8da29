/// Paths as git writes them: plain, or between quotes with C's escapes.
enum QuotedPath {
    /// The path that a whole text is.
    static func whole(_ text: Substring) throws(GateError) -> String {
        guard text.first == "\"" else { return String(text) }
        let (path, rest) = try quoted(text)
        guard rest.isEmpty else {
            throw GateError("the diff is not understood: \(text.prefix(60)) is no path")
        }
        return path
    }

    /// The path of `a/PATH b/PATH`, which names the same file twice.
    static func twice(_ text: Substring) throws(GateError) -> String {
        let trouble = GateError("the diff is not understood: \(text.prefix(120)) names two files")
        if text.first == "\"" {
            let (first, rest) = try quoted(text)
            guard rest.first == " ", first.hasPrefix("a/") else { throw trouble }
            let second = try whole(rest.dropFirst())
            guard second.hasPrefix("b/"), first.dropFirst(2) == second.dropFirst(2) else { throw trouble }
            return String(first.dropFirst(2))
        }
        // No byte tells where the first ends, but both are as long.
        let bytes = Array(text.utf8)
        let length = (bytes.count - 5) / 2
        guard length > 0, bytes.count == 2 * length + 5, bytes.starts(with: Array("a/".utf8)),
            Array(bytes[(2 + length)..<(5 + length)]) == Array(" b/".utf8),
            bytes[2..<(2 + length)] == bytes[(5 + length)...]
        else { throw trouble }
        return String(decoding: bytes[2..<(2 + length)], as: UTF8.self)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
        UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13, UInt8(ascii: "\""): 34,
        UInt8(ascii: "\\"): 92,
    ]

    /// What stands between the quotes that a text begins with, and what follows them.
    private static func quoted(_ text: Substring) throws(GateError) -> (path: String, rest: Substring) {
        var path: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                path.append(bytes[index])
                index += 1
                continue
            }
            if let plain = escapes[bytes[index + 1]] {
                path.append(plain)
                index += 2
            } else if index + 3 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 3)], as: UTF8.self), radix: 8)
            {
                path.append(byte)
                index += 4
            } else {
                break
            }
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            throw GateError("the diff is not understood: \(text.prefix(60)) is no path")
        }
        let rest = String(decoding: bytes[(index + 1)...], as: UTF8.self)
        return (String(decoding: path, as: UTF8.self), rest[...])
    }
}
