import Foundation

/// Prod's addresses by value, and the search for them in text in whatever spelling.
///
/// This is the second wall: the kernel has no route to them anyway. It exists so that a runbook or an inventory
/// that names prod is refused with a line number instead of failing in some step with "no route".
public struct ProdAddresses: Sendable {
    /// The networks that are prod's.
    let networks: [IPNetwork]

    /// The lab's three nodes, 192.168.1.201–203 (PRD, "Sandbox inventory + guards").
    public static let lab = ProdAddresses(networks: [IPNetwork(0xC0A8_01C9, 0xC0A8_01CB)])

    /// Nobody: for the hostile suite, to leave this rule out.
    package static let none = ProdAddresses(networks: [])

    /// The first spelling of a prod address in the text, or nil.
    public func finding(in text: String) -> ProdFinding? { findings(in: text, limit: 1).first }

    /// The spellings of prod addresses in the text, at most one a line, in order; of a continued line the first is told.
    ///
    /// Found are: dotted, integer, hexadecimal, octal and mixed forms with one to four parts (as inet_aton reads
    /// them, and leading zeros also as decimal), IPv6 addresses themselves and those that carry an IPv4 address
    /// (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP), each with brackets, a zone, a port, a user, a
    /// trailing dot, percent-encoding, Punycode, full-width digits or a shell's quotes; ranges as Ansible, shells and
    /// nmap write them; networks of 256 addresses or fewer that hold one. An integer counts only as a whole word, so
    /// digests, versions and long numbers do not.
    public func findings(in text: String, limit: Int = .max) -> [ProdFinding] {
        var found: [ProdFinding] = []
        for (number, line) in Self.lines(of: text) where found.count < limit {
            for word in line.split(whereSeparator: \.isWhitespace) {
                guard let address = address(in: word) else { continue }
                found.append(ProdFinding(line: number, token: String(word), address: address))
                break
            }
        }
        return found
    }

    /// The lines as a shell reads them: one that ends in a backslash goes on in the next.
    private static func lines(of text: String) -> [(number: Int, line: String)] {
        var lines: [(number: Int, line: String)] = []
        var goesOn = false
        let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in written.enumerated() {
            let part = line.hasSuffix("\\") ? line.dropLast() : line
            if goesOn { lines[lines.count - 1].line += part } else { lines.append((index + 1, String(part))) }
            goesOn = line.hasSuffix("\\")
        }
        return lines
    }

    /// The prod address that a word without white space names in any spelling, plain, or nil.
    func address(in word: Substring) -> String? {
        for reading in Spelling.readings(of: word) {
            for plain in RangeNotation.expand(reading) {
                if let hit = address(inPlain: plain) { return IPNetwork.plain(hit) }
            }
        }
        return nil
    }

    private func address(inPlain word: String) -> UInt128? {
        for token in word.split(whereSeparator: { !Spelling.mayStandInHost($0) }) {
            if let hit = Spelling.addresses(token).first(where: { isProd($0) }) { return hit }
        }
        for match in word.contains("/") ? word.matches(of: /([0-9.]+)\/([0-9]{1,2})/) : [] {
            guard let base = IPv4.strict(match.1), let length = Int(match.2), (24...32).contains(length)
            else { continue }
            let network = IPNetwork(around: IPv6.mapped(base), hostBits: 32 - length)
            if let hit = networks.first(where: { $0.overlaps(network) }) {
                return max(hit.addresses.lowerBound, network.addresses.lowerBound)
            }
        }
        return nil
    }

    private func isProd(_ address: UInt128) -> Bool { networks.contains { $0.holds(address) } }
}
