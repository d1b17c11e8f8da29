#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// IPv6 addresses as host-order numbers.
enum IPv6 {
    /// The address that the text spells, in any of the forms of RFC 4291; no brackets, no zone.
    static func value(_ text: some StringProtocol) -> UInt128? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, String(text), &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { $0.reduce(0) { $0 << 8 | UInt128($1) } }
    }

    /// The canonical form of a number.
    static func text(_ value: UInt128) -> String {
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { bytes in
            for place in bytes.indices {
                bytes[place] = UInt8(truncatingIfNeeded: value >> (120 - 8 * place))
            }
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// How an IPv4 address stands among the IPv6 ones: `::ffff:a.b.c.d` (RFC 4291).
    static func mapped(_ value: UInt32) -> UInt128 { 0xFFFF << 32 | UInt128(value) }

    /// The IPv4 addresses that an IPv6 address may lead to.
    ///
    /// Nearly every kind carries it in the last 32 bits: mapped and compatible (RFC 4291), translated (RFC 2765),
    /// NAT64 of any prefix of 96 bits (RFC 6052), ISATAP (RFC 5214). So those bits count whatever stands before.
    static func carried(by value: UInt128) -> [UInt32] {
        func bits(from start: Int, _ count: Int = 32) -> UInt32 {
            UInt32(truncatingIfNeeded: value >> (128 - start - count) & (1 << count - 1))
        }
        var found = [bits(from: 96)]
        if value >> 112 == 0x2002 { found.append(bits(from: 16)) }  // 6to4, RFC 3056
        if value >> 96 == 0x2001_0000 { found += [bits(from: 32), ~bits(from: 96)] }  // Teredo, RFC 4380
        if value >> 80 == 0x0064_FF9B_0001 {
            // NAT64's prefixes shorter than 96 bits leave out bits 64 to 71 (RFC 6052, 2.2).
            found += [48, 56, 64].map { start in
                let before = max(0, 64 - start)
                return bits(from: start, before) << (32 - before) | bits(from: 72, 32 - before)
            }
        }
        return found
    }
}
