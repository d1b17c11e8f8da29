import Foundation
import Testing

@testable import Boundary

@Suite("The operator's networks") struct ProdNetworksTests {
    @Test func growProdByTheFileOfTheProfile() throws {
        let folder = "/tmp/boundary-profile-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: "\(folder)/plays", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try ProdAddresses(profile: folder).finding(in: "curl 203.0.113.77") == nil)
        try "# the shop\n203.0.113.0/24   # its network\n\n198.51.100.7\n2001:db8:17::/48\n".write(
            toFile: "\(folder)/\(ProdAddresses.fileName)", atomically: true, encoding: .utf8)
        let prod = try ProdAddresses(profile: folder)
        #expect(prod.finding(in: "curl 203.0.113.77")?.address == "203.0.113.77")
        #expect(prod.finding(in: "curl 198.51.100.7") != nil)
        #expect(prod.finding(in: "curl 198.51.100.8") == nil)
        #expect(prod.finding(in: "ping 192.168.1.202") != nil)
    }

    @Test(arguments: [
        ("prod", "is no IPv4 or IPv6 network in plain form; write it like 203.0.113.0/24 or 2001:db8::/48"),
        (
            "203.0.113",
            "is no IPv4 or IPv6 network in plain form; write it like 203.0.113.0/24 or 2001:db8::/48"
        ),
        (
            "203.0.113.0/24/8",
            "is no IPv4 or IPv6 network in plain form; write it like 203.0.113.0/24 or 2001:db8::/48"
        ),
        ("203.0.113.0/33", "has no prefix length of 0 to 32 after the slash"),
        ("2001:db8::/x", "has no prefix length of 0 to 128 after the slash"),
        ("203.0.113.7/24", "is not the first address of its network; did you mean 203.0.113.0/24?"),
        ("2001:db8::1/48", "is not the first address of its network; did you mean 2001:db8::/48?"),
        (
            "10.0.0.0/8",
            "holds the sandbox's own segment 10.77.0.0/24, which must stay reachable; name prod's networks alone"
        ),
        (
            "0.0.0.0/0",
            "holds the sandbox's own segment 10.77.0.0/24, which must stay reachable; name prod's networks alone"
        ),
        ("127.0.0.1", "holds loopback 127.0.0.0/8, which must stay reachable; name prod's networks alone"),
        ("::1", "holds loopback ::1, which must stay reachable; name prod's networks alone"),
    ])
    func areToldWhatIsWrong(_ entry: String, _ why: String) {
        let error = #expect(throws: BoundaryError.self) {
            try ProdAddresses.lab.adding("# ours\n\(entry)\n", of: "lab/prod-networks.txt")
        }
        #expect(error?.description == "lab/prod-networks.txt:2: `\(entry)` \(why)")
    }

    /// The proof tries the operator's networks too.
    @Test func areTriedByTheProof() throws {
        let prod = try ProdAddresses.lab.adding("203.0.113.0/24\n2001:db8:17::/48")
        #expect(
            WallProbe.command(trying: prod)[5]
                == "192.168.1.201,192.168.1.202,192.168.1.203,203.0.113.0,203.0.113.255,2001:db8:17::,"
                + "2001:db8:17:ffff:ffff:ffff:ffff:ffff,192.0.2.1,2001:db8::1")
    }
}
