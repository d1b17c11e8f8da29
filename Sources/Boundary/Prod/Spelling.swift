import Foundation

/// How a word of a text may spell an address.
enum Spelling {
    /// The word as those read it to whom it may be given: as it stands, as a URL, as an international name, and as a
    /// shell's word whose quotes are gone.
    ///
    /// The one with the most undone comes first: what it says is what was meant.
    static func readings(of word: Substring) -> [String] {
        var readings = [String(word)]
        if word.contains("%") { readings.insert(percentDecoded(word), at: 0) }
        readings = readings.map(international) + readings
        readings = readings.map { $0.filter { !"\"'\\".contains($0) } } + readings
        return readings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Whether the character can be part of a host's spelling; all others stand around it.
    static func mayStandInHost(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || ".:".contains(character))
    }

    /// All addresses that a token may mean: itself, carried inside an IPv6 address, or between colons.
    static func addresses(_ token: Substring) -> [UInt128] {
        var found: [UInt128] = []
        if token.contains("::") || token.filter({ $0 == ":" }).count > 1 {
            // With a port, an IPv6 address without brackets is ambiguous: try it both ways.
            for text in [token, token.lastIndex(of: ":").map { token[..<$0] }] {
                guard let text, let value = IPv6.value(text) else { continue }
                found += [value] + IPv6.carried(by: value).map(IPv6.mapped)
            }
        }
        for part in token.split(separator: ":") {
            found += IPv4.loose(part.hasSuffix(".") ? part.dropLast() : part).map(IPv6.mapped)
        }
        return found
    }

    /// Percent-encoding undone wherever it is well formed: one bad escape elsewhere must not hide a good one.
    private static func percentDecoded(_ word: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = word.utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "%"), rest.count > 2,
                let decoded = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name as IDNA maps it: `xn--` decoded, full-width and circled digits made plain, every full stop a dot, and
    /// what nobody sees (soft hyphens, joiners) left out.
    private static func international(_ word: String) -> String {
        let decoded = Punycode.decoded(word)
        guard !decoded.utf8.allSatisfy({ $0 < 0x80 }) else { return decoded }
        let plain = decoded.precomposedStringWithCompatibilityMapping.replacing("\u{3002}", with: ".")
        return String(
            String.UnicodeScalarView(
                plain.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
    }
}
