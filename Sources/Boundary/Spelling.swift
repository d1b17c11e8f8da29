import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// How a word of a text may spell an address.
enum Spelling {
    /// The word as URL parsers and IDNA see it: percent-encoding undone, full-width forms made plain.
    static func plain(_ word: Substring) -> String {
        let decoded = word.contains("%") ? word.removingPercentEncoding ?? String(word) : String(word)
        guard !decoded.utf8.allSatisfy({ $0 < 0x80 }) else { return decoded }
        return decoded.precomposedStringWithCompatibilityMapping.replacing("\u{3002}", with: ".")
    }

    /// Whether the character can be part of a host's spelling; all others stand around it.
    static func mayStandInHost(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || ".:".contains(character))
    }

    /// All IPv4 addresses that a token may mean: itself, inside an IPv6 address, or between colons.
    static func addresses(_ token: Substring) -> [UInt32] {
        var found: [UInt32] = []
        if token.contains("::") || token.filter({ $0 == ":" }).count > 1 {
            // With a port, an IPv6 address without brackets is ambiguous: try it both ways.
            found += embedded(token)
            if let port = token.lastIndex(of: ":") { found += embedded(token[..<port]) }
        }
        for part in token.split(separator: ":") {
            found += IPv4.loose(part.hasSuffix(".") ? part.dropLast() : part)
        }
        return found
    }

    /// The IPv4 address that an IPv6 address carries, wherever its kind of address carries it.
    private static func embedded(_ text: Substring) -> [UInt32] {
        var address = in6_addr()
        guard inet_pton(AF_INET6, String(text), &address) == 1 else { return [] }
        let bytes = withUnsafeBytes(of: address) { Array($0) }
        let words = stride(from: 0, to: 16, by: 4).map { start in
            bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        // 6to4 (2002::/16) has it after the prefix. The others (mapped ::ffff:, compatible ::, translated
        // ::ffff:0:, NAT64 64:ff9b::/96 and 64:ff9b:1::/48) have it at the end.
        if bytes[0] == 0x20, bytes[1] == 0x02 { return [words[0] << 16 | words[1] >> 16] }
        let compatible = words[0] == 0 && words[1] == 0 && [0, 0xFFFF, 0xFFFF_0000].contains(words[2])
        return compatible || words[0] == 0x64_FF9B ? [words[3]] : []
    }
}
