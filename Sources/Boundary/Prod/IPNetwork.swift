/// The addresses of one network, by value; an IPv4 address counts as the IPv6 one that maps it.
struct IPNetwork: Sendable, Hashable {
    let addresses: ClosedRange<UInt128>

    init(_ addresses: ClosedRange<UInt128>) { self.addresses = addresses }

    /// The IPv4 addresses from one to another.
    init(_ first: UInt32, _ last: UInt32) { self.init(IPv6.mapped(first)...IPv6.mapped(last)) }

    /// The network of an address, such as 203.0.113.0/24; `length` counts from the address's own first bit.
    init(around base: UInt128, hostBits: Int) {
        let host: UInt128 = hostBits == 128 ? .max : 1 << hostBits - 1
        self.init((base & ~host)...(base | host))
    }

    func overlaps(_ other: IPNetwork) -> Bool { addresses.overlaps(other.addresses) }

    func holds(_ address: UInt128) -> Bool { addresses.contains(address) }

    /// The plain form of an address: dotted where it maps an IPv4 one.
    static func plain(_ address: UInt128) -> String {
        address >> 32 == 0xFFFF
            ? IPv4.dotted(UInt32(truncatingIfNeeded: address)) : IPv6.text(address)
    }

    /// A few of its addresses, plain, for the proof to try: all of up to four, else the first and the last.
    var samples: [String] {
        let (first, last) = (addresses.lowerBound, addresses.upperBound)
        return (last - first < 4 ? Array(first...last) : [first, last]).map(Self.plain)
    }
}
