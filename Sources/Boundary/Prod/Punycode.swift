/// Labels of names as they stand in DNS: `xn--` and the letters beyond ASCII, encoded (RFC 3492).
///
/// No resolver may take such a label for a number: IDNA maps full-width digits before it encodes. It is decoded
/// all the same, since what spells prod here was written by somebody who meant it.
enum Punycode {
    /// The name with its encoded labels decoded; those that are not well formed stay as they are.
    static func decoded(_ name: String) -> String {
        guard name.lowercased().contains("xn--") else { return name }
        return name.split(separator: ".", omittingEmptySubsequences: false).map { label in
            guard let start = label.lowercased().firstRange(of: "xn--") else { return String(label) }
            // What stands before, such as `http://`, is none of the label.
            let skipped = label.lowercased().distance(
                from: label.lowercased().startIndex, to: start.lowerBound)
            let before = label.prefix(skipped)
            let encoded = label.dropFirst(skipped + 4)
            let end = encoded.firstIndex { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }
            let (body, after) = (encoded[..<(end ?? encoded.endIndex)], encoded[(end ?? encoded.endIndex)...])
            return before + (Self.label(body) ?? "xn--" + body) + after
        }.joined(separator: ".")
    }

    /// Decodes one label without its `xn--`, by RFC 3492, section 6.2.
    private static func label(_ text: Substring) -> String? {
        guard !text.isEmpty else { return nil }
        let delimiter = text.lastIndex(of: "-")
        var output = delimiter.map { Array(text[..<$0].unicodeScalars) } ?? []
        let encoded = delimiter.map { text[text.index(after: $0)...] } ?? text
        var digits = encoded.utf8.makeIterator()
        var (code, position, bias) = (128, 0, 72)
        var isFirst = true
        while var byte = digits.next() {
            let before = position
            var weight = 1
            for place in stride(from: 36, through: .max, by: 36) {
                guard let digit = digit(byte), weight < 1 << 31 else { return nil }
                position += digit * weight
                let threshold = min(max(place - bias, 1), 26)
                if digit < threshold { break }
                weight *= 36 - threshold
                guard let next = digits.next() else { return nil }
                byte = next
            }
            let count = output.count + 1
            bias = adapted(position - before, count, isFirst)
            isFirst = false
            code += position / count
            position %= count
            guard let scalar = Unicode.Scalar(UInt32(clamping: code)) else { return nil }
            output.insert(scalar, at: position)
            position += 1
        }
        return String(String.UnicodeScalarView(output))
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    private static func adapted(_ delta: Int, _ count: Int, _ isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
