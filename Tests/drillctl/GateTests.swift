import Foundation
import Testing

/// `drillctl gate` in a git repository made for it, by the rules of this one.
@Suite struct GateTests {
    /// A program in a repository with one commit, tagged `base`.
    private func program() throws -> Program {
        var program = try Program()
        let checkout = "\(program.scratch)/checkout"
        try FileManager.default.createDirectory(
            atPath: "\(checkout)/Fixtures/lab/plays", withIntermediateDirectories: true)
        for path in [".gate", "Fixtures/lab/parity.yml"] {
            try FileManager.default.copyItem(
                atPath: "\(Program.checkout)/\(path)", toPath: "\(checkout)/\(path)")
        }
        for (path, text) in [
            "RECOVERY_MAP.md": MapTests.header + MapTests.row, "README.md": "Words.\n",
            "Fixtures/lab/CLUSTER_RECOVERY.md": RunbookCheckTests.good,
            "Fixtures/lab/plays/vault.yml": "- hosts: vault\n",
        ] {
            try text.write(toFile: "\(checkout)/\(path)", atomically: true, encoding: .utf8)
        }
        program.folder = checkout
        program.environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]
        try git(program, "init", "--quiet")
        try commit(program)
        try git(program, "tag", "base")
        return program
    }

    private func git(_ program: Program, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", program.folder ?? "/nowhere"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "t",
            "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t",
            "GIT_AUTHOR_DATE": "2026-11-25T00:00:00Z", "GIT_COMMITTER_DATE": "2026-11-25T00:00:00Z",
        ]) { $1 }
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "git \(arguments)")
    }

    private func commit(_ program: Program, _ path: String = "README.md", _ text: String? = nil) throws {
        if let text {
            try text.write(toFile: "\(program.folder ?? "")/\(path)", atomically: true, encoding: .utf8)
        }
        try git(program, "add", "--all")
        try git(program, "commit", "--quiet", "--message", "m")
    }

    @Test("Words alone pass: 0")
    func harmless() async throws {
        let program = try program()
        defer { program.remove() }
        try commit(program, "README.md", "Other words.\n")
        let ended = try await program.run(["gate", "--base", "base"])
        #expect(ended.exit == 0 && ended.err.isEmpty, "\(ended)")
        try expectGolden(ended.out, "gate-accepted")
    }

    @Test("Without evidence a play does not pass, and what would supply it is told: 1")
    func refused() async throws {
        let program = try program()
        defer { program.remove() }
        try commit(program, "Fixtures/lab/plays/vault.yml", "- hosts: all\n")
        let ended = try await program.run([
            "gate", "--base", "base", "--class", "dns", "--junit", "\(program.scratch)/gate.xml",
        ])
        #expect(ended.exit == 1 && ended.err.isEmpty, "\(ended)")
        try expectGolden(ended.out, "gate-refused")
        let report = try String(contentsOfFile: "\(program.scratch)/gate.xml", encoding: .utf8)
        try expectGolden(report, "gate-refused-junit")
        let json = try await program.run(["gate", "--base", "base", "--json"])
        #expect(json.exit == 1)
        let commits = json.out.replacing(#/"(base|head)" : "[0-9a-f]{40}"/#) { "\"\($0.1)\" : \"COMMIT\"" }
        try expectGolden(commits, "gate-refused-json")
    }

    @Test("A change of the rules waits for a person, and his decision holds for these contents alone")
    func decided() async throws {
        let program = try program()
        defer { program.remove() }
        let rules = "rules:\n  - paths: [\"**\"]\n    harmless: true\n    why: trust me\n"
        try commit(program, ".gate/rules.yml", rules)
        let refused = try await program.run(["gate", "--base", "base"])
        #expect(refused.exit == 1 && refused.out.contains("a person has to decide"))
        let digest = try #require(refused.out.firstMatch(of: #/--decided ([0-9a-f]{64})/#)?.1)
        let other = String(repeating: "0", count: 64)
        #expect(try await program.run(["gate", "--base", "base", "--decided", other]).exit == 1)
        #expect(try await program.run(["gate", "--base", "base", "--decided", String(digest)]).exit == 0)
        try commit(program, ".gate/rules.yml", rules + "# more\n")
        #expect(try await program.run(["gate", "--base", "base", "--decided", String(digest)]).exit == 1)
    }

    @Test("What cannot be told ends with 2")
    func cannotTell() async throws {
        let program = try program()
        defer { program.remove() }
        let same = try await program.run(["gate", "--base", "base"])
        #expect(same.exit == 2 && same.out.isEmpty)
        try expectGolden(same.err, "gate-nothing-differs")
        let none = try await program.run(["gate", "--base", "nowhere", "--json"])
        #expect(none.exit == 2 && none.out.contains(#""decision" : "cannot tell""#))
        try expectGolden(none.err, "gate-no-base")
        try commit(program, "README.md", "x\n")
        try FileManager.default.createDirectory(
            atPath: "\(program.scratch)/evidence/chain.jsonl", withIntermediateDirectories: true)
        let unreadable = try await program.run(["gate", "--base", "base"])
        #expect(
            unreadable.exit == 2 && unreadable.err.contains("the evidence cannot be read"), "\(unreadable)")
        let outside = try await program.run(["gate", "--base", "base", "--repository", "/"])
        #expect(outside.exit == 2 && outside.err.contains("git"))
    }
}
