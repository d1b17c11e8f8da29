/// IPv4 addresses as host-order numbers.
enum IPv4 {
    /// The plain form: four decimal parts.
    static func strict(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        return value(parts.map { UInt32($0) })
    }

    /// All that a resolver may take the text for: the one to four parts that inet_aton reads, where a leading
    /// zero means octal to C and nothing to others.
    static func loose(_ text: Substring) -> [UInt32] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return [] }
        return [true, false].compactMap { octal in value(parts.map { number($0, leadingZeroIsOctal: octal) })
        }
    }

    /// The plain form of a number.
    static func dotted(_ value: UInt32) -> String {
        [24, 16, 8, 0].map { String(value >> $0 & 0xFF) }.joined(separator: ".")
    }

    /// Puts parts together: each but the last is one byte, the last fills what is left.
    private static func value(_ parts: [UInt32?]) -> UInt32? {
        guard let last = parts[parts.count - 1] else { return nil }
        var high: UInt32 = 0
        for part in parts.dropLast() {
            guard let part, part <= 0xFF else { return nil }
            high = high << 8 | part
        }
        let room = 8 * UInt32(5 - parts.count)
        guard room == 32 || last < 1 << room else { return nil }
        return room == 32 ? last : high << room | last
    }

    private static func number(_ part: Substring, leadingZeroIsOctal: Bool) -> UInt32? {
        let lower = part.lowercased()
        if lower.hasPrefix("0x") { return UInt32(lower.dropFirst(2), radix: 16) }
        guard lower.allSatisfy(\.isNumber) else { return nil }
        return UInt32(lower, radix: leadingZeroIsOctal && lower.hasPrefix("0") ? 8 : 10)
    }
}
