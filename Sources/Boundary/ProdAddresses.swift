import Foundation

/// Prod's addresses by value, and the search for them in text in whatever spelling.
///
/// This is the second wall: the kernel has no route to them anyway. It exists so that a runbook or an inventory
/// that names prod is refused with a line number instead of failing in some step with "no route".
public struct ProdAddresses: Sendable {
    /// Each range of IPv4 addresses as host-order numbers.
    let ranges: [ClosedRange<UInt32>]

    /// The lab's three nodes, 192.168.1.201–203 (PRD, "Sandbox inventory + guards").
    public static let lab = ProdAddresses(ranges: [0xC0A8_01C9...0xC0A8_01CB])

    /// The same with one network or address of the operator's more; nil when the text is neither.
    ///
    /// - Parameter network: For instance `203.0.113.0/24` or `203.0.113.7`.
    public func adding(network: String) -> ProdAddresses? {
        let parts = network.split(separator: "/", omittingEmptySubsequences: false)
        guard let base = IPv4.strict(parts[0]), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return ProdAddresses(ranges: ranges + [base...base]) }
        guard let length = Int(parts[1]), (0...32).contains(length) else { return nil }
        return ProdAddresses(ranges: ranges + [IPv4.network(base, length)])
    }

    /// The first spelling of a prod address in the text, or nil.
    public func finding(in text: String) -> ProdFinding? { findings(in: text, limit: 1).first }

    /// The spellings of prod addresses in the text, at most one a line, in order.
    ///
    /// Found are: dotted, integer, hexadecimal, octal and mixed forms with one to four parts (as inet_aton reads
    /// them, and leading zeros also as decimal), IPv6 forms that carry an IPv4 address (mapped, compatible,
    /// translated, NAT64, 6to4), each with brackets, a port, a user, a trailing dot, percent-encoding or
    /// full-width digits; ranges as Ansible, shells and nmap write them; networks of 256 addresses or fewer that
    /// hold one. An integer counts only as a whole word, so digests, versions and long numbers do not.
    public func findings(in text: String, limit: Int = .max) -> [ProdFinding] {
        var found: [ProdFinding] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            guard found.count < limit else { break }
            for word in line.split(whereSeparator: \.isWhitespace) {
                guard let address = address(in: word) else { continue }
                found.append(ProdFinding(line: index + 1, token: String(word), address: address))
                break
            }
        }
        return found
    }

    /// The prod address that a word without white space names in any spelling, dotted, or nil.
    func address(in word: Substring) -> String? {
        for plain in RangeNotation.expand(Spelling.plain(word)) {
            for token in plain.split(whereSeparator: { !Spelling.mayStandInHost($0) }) {
                for value in Spelling.addresses(token) where ranges.contains(where: { $0.contains(value) }) {
                    return IPv4.dotted(value)
                }
            }
            for match in plain.contains("/") ? plain.matches(of: /([0-9.]+)\/([0-9]{1,2})/) : [] {
                guard let base = IPv4.strict(match.1), let length = Int(match.2), (24...32).contains(length)
                else {
                    continue
                }
                if let hit = ranges.first(where: { $0.overlaps(IPv4.network(base, length)) }) {
                    return IPv4.dotted(max(hit.lowerBound, IPv4.network(base, length).lowerBound))
                }
            }
        }
        return nil
    }
}
