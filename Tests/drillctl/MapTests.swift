import Evidence
import Foundation
import Runbooks
import Testing

/// `drillctl map` in a checkout made for it, with the drills that there are.
@Suite struct MapTests {
    static let header = """
        | profile | section | drill | cases | change classes | recovery budget | loss budget | section SHA256 \
        | last verdict | date | recovery |
        |---|---|---|---|---|---|---|---|---|---|---|

        """
    static let seal = [
        "operator seal on the active node", "active node's process restarted", "all three processes killed",
        "the app's machine rebooted",
    ]
    static let row =
        "| lab | Vault is sealed | VaultSeal | \(seal.joined(separator: "; ")) | vault | 10 min | 0 writes | - | - "
        + "| - | - |\n"
    static let rest = """

        | profile | section | reason | waived until |
        |---|---|---|---|
        | lab | The moon is gone | nobody can bring it back | 2020-01-31 |

        """

    /// A program in a checkout of its own.
    private func program(map: String, runbook: String = RunbookCheckTests.good) throws -> Program {
        var program = try Program()
        let checkout = "\(program.scratch)/checkout"
        try FileManager.default.createDirectory(
            atPath: "\(checkout)/Fixtures/lab/inventory/sandbox", withIntermediateDirectories: true)
        for (path, text) in [
            "Fixtures/lab/inventory/sandbox/hosts.yml": "all: {}\n",
            "Fixtures/lab/CLUSTER_RECOVERY.md": runbook, "RECOVERY_MAP.md": map,
        ] {
            try text.write(toFile: "\(checkout)/\(path)", atomically: true, encoding: .utf8)
        }
        program.folder = checkout
        return program
    }

    /// Leaves a passed verdict of every case of VaultSeal.
    private func drill(_ program: Program, text digest: String) throws {
        let store = EvidenceStore(root: URL(filePath: "\(program.scratch)/evidence"))
        let run = try store.openRun(RunRecord())
        for name in Self.seal {
            var verdict = Verdict(drill: "VaultSeal", case: name)
            verdict.section = .init(title: "Vault is sealed", line: 3, sha256: digest)
            verdict.sandbox.profile = "lab"
            let ended = try run.beginCase(verdict, redactor: .none)
            verdict.result = .passed
            verdict.reason = "whole again"
            verdict.recoverySeconds = 83.21
            verdict.finished = Timestamp("2026-11-25T23:59:59Z")
            try ended.finish(verdict)
        }
    }

    @Test("This repository's own map agrees with its runbooks and drills")
    func ours() async throws {
        let program = try Program()
        defer { program.remove() }
        let ended = try await program.run(["map", "check"])
        #expect(ended.exit == 0 && ended.err.isEmpty, "\(ended.out)")
    }

    @Test("What does not agree is named by its line: 1")
    func problems() async throws {
        let map = Self.header + Self.row.replacing("all three processes killed", with: "sabotage") + Self.rest
        let program = try program(map: map, runbook: RunbookCheckTests.good + RunbookCheckTests.bad)
        defer { program.remove() }
        let ended = try await program.run(["map", "check"])
        #expect(ended.exit == 1 && ended.err.isEmpty)
        // The drills that this map lacks are as many as there are.
        let told = ended.out.split(separator: "\n").filter { !$0.contains("plays no section of any profile") }
            .map { $0.replacing(#/\d+ wrong/#, with: "N wrong") }
        try expectGolden(told.joined(separator: "\n") + "\n", "map-check-bad")
        let unknown = try self.program(map: Self.header + Self.row.replacing("| vault |", with: "| wine |"))
        defer { unknown.remove() }
        let read = try await unknown.run(["map", "check"])
        #expect(read.exit == 1 && read.err.isEmpty)
        try expectGolden(read.out, "map-check-unreadable")
    }

    @Test("What passed with this text is not stale; an edit makes it so")
    func stale() async throws {
        let program = try program(map: Self.header + Self.row)
        defer { program.remove() }
        let never = try await program.run(["map", "stale"])
        #expect(never.exit == 1)
        try expectGolden(never.out, "map-stale-never")
        #expect(try await program.run(["map", "stale", "--names", "--profile", "lab"]).out == "VaultSeal\n")
        #expect(try await program.run(["map", "stale", "--profile", "cluster"]).exit == 0)

        let none = try await program.run(["map", "update"])
        #expect(none.exit == 0)
        try expectGolden(none.err + none.out, "map-update-none")

        let file = "\(program.scratch)/checkout/RECOVERY_MAP.md"
        try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: file)
        try drill(program, text: try digest())
        let update = try await program.run(["map", "update"])
        #expect(update.exit == 0 && update.err.isEmpty)
        let written = "| 0 writes | \(try digest()) | passed | 2026-11-25 | 1 min 23 s |"
        #expect(
            try String(contentsOfFile: file, encoding: .utf8)
                == Self.header + Self.row.replacing("| 0 writes | - | - | - | - |", with: written))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o664)
        let current = try await program.run(["map", "stale"])
        #expect(current.exit == 0 && current.out == "no drill is stale\n")
        #expect(try await program.run(["map", "update"]).out.hasSuffix("; nothing to write\n"))

        let runbook = "\(program.scratch)/checkout/Fixtures/lab/CLUSTER_RECOVERY.md"
        try RunbookCheckTests.good.replacing("See which", with: "Look which").write(
            toFile: runbook, atomically: true, encoding: .utf8)
        let edited = try await program.run(["map", "stale"])
        #expect(edited.exit == 1)
        try expectGolden(edited.out, "map-stale-edited")
    }

    /// The digest of the section of `RunbookCheckTests.good`.
    private func digest() throws -> String {
        try Runbook(text: RunbookCheckTests.good, name: "R.md").section(titled: "Vault is sealed").sha256
    }
}
