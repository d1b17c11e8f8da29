import Foundation
import Testing

/// `drillctl gate` in a git repository made for it, by the rules of this one.
@Suite struct GateTests {
    private func site() throws -> GateSite {
        try GateSite(
            [
                "RECOVERY_MAP.md": MapTests.header + MapTests.row, "README.md": "Words.\n",
                "Fixtures/lab/CLUSTER_RECOVERY.md": RunbookCheckTests.good,
                "Fixtures/lab/plays/vault.yml": "- hosts: vault\n",
            ], copying: [".gate", "Fixtures/lab/parity.yml"])
    }

    @Test("Words alone pass: 0")
    func harmless() async throws {
        let site = try site()
        defer { site.program.remove() }
        try site.commit(["README.md": "Other words.\n"])
        let ended = try await site.gate()
        #expect(ended.exit == 0 && ended.err.isEmpty, "\(ended)")
        try expectGolden(ended.out, "gate-accepted")
    }

    @Test("Without evidence a play does not pass, and what would supply it is told: 1")
    func refused() async throws {
        let site = try site()
        defer { site.program.remove() }
        try site.commit(["Fixtures/lab/plays/vault.yml": "- hosts: all\n"])
        let junit = "\(site.program.scratch)/gate.xml"
        let ended = try await site.gate("--class", "dns", "--junit", junit)
        #expect(ended.exit == 1 && ended.err.isEmpty, "\(ended)")
        try expectGolden(ended.out, "gate-refused")
        try expectGolden(String(contentsOfFile: junit, encoding: .utf8), "gate-refused-junit")
        let json = try await site.gate("--json")
        #expect(json.exit == 1)
        let commits = json.out.replacing(#/"(base|head)" : "[0-9a-f]{40}"/#) { "\"\($0.1)\" : \"COMMIT\"" }
        try expectGolden(commits, "gate-refused-json")
    }

    @Test("A change of the rules waits for a person, and his decision holds for these contents alone")
    func decided() async throws {
        let site = try site()
        defer { site.program.remove() }
        let rules = "rules:\n  - paths: [\"**\"]\n    harmless: true\n    why: trust me\n"
        try site.commit([".gate/rules.yml": rules])
        let refused = try await site.gate()
        #expect(refused.exit == 1 && refused.out.contains("a person has to decide"))
        let digest = try String(#require(refused.out.firstMatch(of: #/--decided ([0-9a-f]{64})/#)?.1))
        #expect(try await site.gate("--decided", String(repeating: "0", count: 64)).exit == 1)
        #expect(try await site.gate("--decided", digest).exit == 0)
        try site.commit([".gate/rules.yml": rules + "# more\n"])
        #expect(try await site.gate("--decided", digest).exit == 1)
    }

    @Test("What cannot be told ends with 2")
    func cannotTell() async throws {
        let site = try site()
        defer { site.program.remove() }
        let same = try await site.gate()
        #expect(same.exit == 2 && same.out.isEmpty)
        try expectGolden(same.err, "gate-nothing-differs")
        let none = try await site.program.run(["gate", "--base", "nowhere", "--json"])
        #expect(none.exit == 2 && none.out.contains(#""decision" : "cannot tell""#))
        try expectGolden(none.err, "gate-no-base")
        try site.commit(["README.md": "x\n"])
        try FileManager.default.createDirectory(
            atPath: "\(site.program.scratch)/evidence/chain.jsonl", withIntermediateDirectories: true)
        let unreadable = try await site.gate()
        #expect(
            unreadable.exit == 2 && unreadable.err.contains("the evidence cannot be read"), "\(unreadable)")
        let outside = try await site.gate("--repository", "/")
        #expect(outside.exit == 2 && outside.err.contains("git"))
    }
}
