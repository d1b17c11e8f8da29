/// A file's text and its lines, counted as cmark counts them: LF, CRLF and a lone CR each end one.
struct SourceText {
    /// The lines in order, each with its terminator.
    let lines: [String]

    init(_ text: String) {
        lines = Self.split(text)
    }

    /// The text of a line without its terminator; empty where there is no such line.
    func line(_ number: Int) -> Substring {
        guard lines.indices.contains(number - 1) else { return "" }
        return Self.withoutTerminator(lines[number - 1])
    }

    /// Whether a line holds nothing but white space.
    func isBlank(_ number: Int) -> Bool {
        line(number).allSatisfy(\.isWhitespace)
    }

    /// The exact text of a range of lines.
    func text(_ range: ClosedRange<Int>) -> String {
        lines[(range.lowerBound - 1)...(range.upperBound - 1)].joined()
    }

    /// The lines of a text, each with its terminator.
    ///
    /// Not `split(whereSeparator: \.isNewline)`: Swift also takes form feeds and U+2028 for newlines.
    static func split(_ text: String) -> [String] {
        var lines: [String] = []
        let bytes = text.utf8
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            if byte == UInt8(ascii: "\r"), index < bytes.endIndex, bytes[index] == UInt8(ascii: "\n") {
                bytes.formIndex(after: &index)
            }
            lines.append(String(text[start..<index]))
            start = index
        }
        if start < bytes.endIndex { lines.append(String(text[start...])) }
        return lines
    }
}

extension SourceText {
    /// A line without the LF, CRLF or CR that ends it.
    static func withoutTerminator(_ line: String) -> Substring {
        // "\r\n" is one Character.
        switch line.last {
        case "\n", "\r\n", "\r": line.dropLast()
        default: line[...]
        }
    }
}

extension StringProtocol {
    /// The text with every run of white space made one space, and none at either end.
    package var whitespaceNormalised: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
