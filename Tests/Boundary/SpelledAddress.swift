@testable import Boundary

/// The ways to spell one IPv4 address that some program understands; the random ones differ at every call.
enum SpelledAddress: String, CaseIterable {
    case dotted, oneToFourParts, trailingDot, leadingZeros
    case mapped, compatible, translated, nat64, nat64OfItsOwn, nat64Local, sixToFour, teredo, teredoServer,
        isatap
    case zone, uncompressed
    case percentEncoded, fullWidth, circled, ideographicStops, unseenCharacters, quoted

    /// One spelling of `value`.
    func spell(_ value: UInt32, _ generator: inout SeededGenerator) -> String {
        let dotted = IPv4.dotted(value)
        let tail = Bool.random(using: &generator) ? dotted : Self.groups(value)
        switch self {
        case .dotted: return dotted
        case .oneToFourParts: return Self.parts(value, &generator)
        case .trailingDot: return Self.parts(value, &generator) + "."
        case .leadingZeros:
            return dotted.split(separator: ".").map { String(repeating: "0", count: 3 - $0.count) + $0 }
                .joined(separator: ".")
        case .mapped: return "::" + Self.anyCase("ffff:", &generator) + tail
        case .compatible: return "::" + tail
        case .translated: return "::" + Self.anyCase("ffff:0:", &generator) + tail
        case .nat64: return Self.anyCase("64:ff9b::", &generator) + tail
        case .nat64OfItsOwn: return "2001:db9:\(Int.random(in: 1...9999, using: &generator))::" + tail
        case .nat64Local: return Self.nat64Local(value, &generator)
        case .sixToFour:
            return "2002:" + Self.groups(value) + "::\(Int.random(in: 1...99, using: &generator))"
        case .teredo: return "2001:0:c633:6401:8000:f00d:" + Self.groups(~value)
        case .teredoServer: return "2001:0:" + Self.groups(value) + ":8000:f00d:3fff:fdd2"
        case .isatap: return Self.anyCase("fe80::5efe:", &generator) + tail
        case .zone: return "::ffff:" + tail + ["%eth0", "%25eth0", "%1"].one(&generator)
        case .uncompressed: return Self.anyCase("0000:0:00:0:0:ffff:", &generator) + tail
        case .percentEncoded: return Self.some(of: dotted, &generator) { Self.percentEncoded($0) }
        case .fullWidth: return Self.some(of: dotted, &generator) { Self.shifted($0, by: 0xFEE0) }
        case .circled:
            return Self.some(of: dotted, &generator) {
                "1"..."9" ~= $0 ? Self.shifted($0, by: 0x242F) : String($0)
            }
        case .ideographicStops:
            let stop = ["\u{3002}", "\u{FF0E}", "\u{FF61}"].one(&generator)
            return Self.some(of: dotted, &generator) { $0 == "." ? stop : String($0) }
        case .unseenCharacters: return Self.some(of: dotted, &generator) { "\($0)\u{AD}" }
        case .quoted: return Self.some(of: dotted, &generator) { "\"\($0)\"" }
        }
    }

    /// Its number in 1 to 4 parts as inet_aton reads them, each decimal, hexadecimal or octal.
    private static func parts(_ value: UInt32, _ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...4, using: &generator)
        var parts = (0..<count - 1).map { value >> (24 - 8 * UInt32($0)) & 0xFF }
        parts.append(count == 1 ? value : value & (.max >> UInt32(8 * (count - 1))))
        return parts.map { part in
            let zeros = String(repeating: "0", count: Int.random(in: 0...3, using: &generator))
            let hex = String(part, radix: 16, uppercase: Bool.random(using: &generator))
            return [String(part), "0x\(zeros)\(hex)", "0X\(hex)", "0" + zeros + String(part, radix: 8)]
                .one(&generator)
        }.joined(separator: ".")
    }

    /// RFC 6052, 2.2: a prefix of 48, 56, 64 or 96 bits, the octet from bit 64 left out.
    private static func nat64Local(_ value: UInt32, _ generator: inout SeededGenerator) -> String {
        let wide = UInt128(value)
        let prefix: UInt128 = 0x0064_FF9B_0001 << 80
        let before = [16, 8, 0].one(&generator)
        let inHigh = (wide >> (32 - before)) << 64
        let inLow = wide & (1 << (32 - before) - 1)
        return [
            IPv6.text(prefix | wide), IPv6.text(prefix | inHigh | inLow << (24 + before)),
        ].one(&generator)
    }

    private static func groups(_ value: UInt32) -> String {
        String(value >> 16, radix: 16) + ":" + String(value & 0xFFFF, radix: 16)
    }

    private static func anyCase(_ text: String, _ generator: inout SeededGenerator) -> String {
        Bool.random(using: &generator) ? text : text.uppercased()
    }

    private static func shifted(_ character: Character, by offset: UInt32) -> String {
        character.unicodeScalars.map { Unicode.Scalar($0.value + offset).map(String.init) ?? "?" }.joined()
    }

    private static func percentEncoded(_ character: Character) -> String {
        character.utf8.map { "%" + String($0, radix: 16) }.joined()
    }

    /// The text with some of its characters changed, at least one.
    private static func some(
        of text: String, _ generator: inout SeededGenerator, _ change: (Character) -> String
    ) -> String {
        while true {
            let changed = text.map { Bool.random(using: &generator) ? change($0) : String($0) }.joined()
            if changed != text { return changed }
        }
    }
}
