import Foundation
import Testing

@testable import Boundary

/// Where an address is given to something of ours, it is judged by value, and the error names it.
@Suite("Whatever leads to prod") struct ProdRefusalTests {
    /// What a name resolves to inside is what its table says: an answer that is prod's is refused there.
    @Test("is no answer to a name", arguments: SpelledAddress.allCases)
    func names(_ kind: SpelledAddress) async throws {
        var generator = SeededGenerator()
        let spelling = kind.spell(0xC0A8_01CA, &generator)
        let layout = NamespaceLayout(
            id: "s-test", hosts: ["pi1": "10.77.0.1", "vault.lab": spelling], statusFolder: "/tmp/never-made")
        let error = await #expect(throws: BoundaryError.self, "\(spelling); \(generator.hint)") {
            try await Namespace.open(layout)
        }
        #expect(error?.description.hasPrefix("the name vault.lab would lead to \(spelling), ") == true)
        #expect(error?.description.contains("prod's 192.168.1.202") == true)
    }

    /// A redirect is never followed; where it leads to, no client can be made either.
    @Test("is no server of ours", arguments: SpelledAddress.allCases)
    func servers(_ kind: SpelledAddress) throws {
        var generator = SeededGenerator()
        let spelling = kind.spell(0xC0A8_01CB, &generator)
        let base = "https://" + (spelling.contains(":") ? "[\(spelling)]" : spelling) + ":8200"
        let error = #expect(throws: HTTPError.self, "\(base); \(generator.hint)") {
            try HTTPClient(socket: "/tmp/x.sock", base: base)
        }
        #expect(error?.kind == .walled)
        #expect(error?.detail == "it names prod's 192.168.1.203")
    }

    /// Without its slash a path would turn the name before it into a user's.
    @Test func isNoPathThatBecomesAHost() async throws {
        let client = try HTTPClient(socket: "/tmp/nobody-listens.sock", base: "http://pi1")
        let error = await #expect(throws: HTTPError.self) { try await client.send("GET", "@192.168.1.201/") }
        #expect(error?.kind == .malformed)
    }

    @Test func isRefusedInAnInventoryWithFileAndLine() throws {
        let path = "/tmp/boundary-inventory-\(UUID().uuidString).yml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "all:\n  hosts:\n    pi1: {ansible_host: 10.77.0.1}\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        try Inventory.check(path: path, prod: .lab)
        try "all:\n  hosts:\n    pi1: {ansible_host: 0xC0A801CA}\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: BoundaryError.self) { try Inventory.check(path: path, prod: .lab) }
        #expect("\(try #require(error))".hasPrefix("\(path):3: 0xC0A801CA} is prod's 192.168.1.202"))
    }
}
