import Foundation
import Ledger
import Runbooks
import Testing

@testable import Evidence
@testable import Gate

/// From a signed trail and a git repository to a decision, as in CI.
@Suite struct TrailTests {
    static let row =
        "| lab | Vault is sealed | VaultSeal | one; two | vault, ansible | 10 min | 0 writes | - | - | - | - |\n"
    static let header = """
        | profile | section | drill | cases | change classes | recovery budget | loss budget | section SHA256 \
        | last verdict | date | recovery |
        |---|---|---|---|---|---|---|---|---|---|---|

        """
    static let runbook = "# R\n\n## Vault is sealed\n\n- [AGENT] Look.\n"

    /// A folder with a repository and a trail, which is gone with it.
    final class Place {
        let root = FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID().uuidString)")
        let key = SigningKey()
        var repository: URL { root.appending(path: "repository") }
        var evidence: URL { root.appending(path: "evidence") }

        init() throws {
            let checkout = CorpusEntry.folder.deletingLastPathComponent().deletingLastPathComponent()
            let law = CorpusEntry.folder.appending(path: "Law")
            func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }
            try git("init", "--quiet", repository.path)
            try write(Law.rulesFile, text(checkout.appending(path: Law.rulesFile)))
            try write(Law.policyFile, text(law.appending(path: "policy.yml")))
            try write("Fixtures/lab/parity.yml", text(law.appending(path: "parity.yml")))
            try write("\(Law.keysFolder)/operator.pub", key.publicKey.pem)
            try write(Law.mapFile, TrailTests.header + TrailTests.row)
            try write("Fixtures/lab/CLUSTER_RECOVERY.md", TrailTests.runbook)
            try write("Fixtures/lab/plays/vault.yml", "- hosts: nothing\n")
            try commit()
            try git("-C", repository.path, "tag", "base")
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        func write(_ path: String, _ text: String) throws {
            let file = repository.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }

        func commit() throws {
            try git("-C", repository.path, "add", "--all")
            try git("-C", repository.path, "commit", "--quiet", "--message", "m")
        }

        private func git(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["git", "-c", "user.name=t", "-c", "user.email=t@t"] + arguments
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "git \(arguments)")
        }

        /// Leaves verdicts of HEAD as it is, signed by `key`.
        func drill(_ cases: [String], signedBy key: SigningKey?, wallLowered: Bool? = nil) throws {
            let head = try Repository(around: repository.path).commit("HEAD")
            var record = RunRecord()
            record.shelf = .verdicts
            record.boundary = [.init(check: "connect", ok: true, seen: "unreachable", seconds: 0)]
            let run = try EvidenceStore(root: evidence).openRun(record, signedBy: key)
            let section = try Runbook(text: TrailTests.runbook, name: "R").section(titled: "Vault is sealed")
            let map = try RecoveryMap(text: TrailTests.header + TrailTests.row, name: "M")
            for name in cases {
                var verdict = Verdict(drill: "VaultSeal", case: name)
                verdict.section = .init(title: section.title, line: section.line, sha256: section.sha256)
                verdict.mapRowSHA256 = map.rows[0].sha256
                verdict.budgetSeconds = 600
                verdict.sandbox.profile = "lab"
                verdict.sandbox.substitutions = Facts.substitutions
                verdict.sandbox.wallLowered = wallLowered
                (verdict.commit, verdict.dirty) = (head, false)
                let one = try run.beginCase(verdict, redactor: .none)
                try one.journal.record(.inject(.init(fault: "seal", target: "pi2", detail: "by hand")))
                try one.journal.record(
                    .confirmed(.init(fault: "seal", target: "pi2", vantage: "pi1", seen: "503")))
                try one.journal.record(.whole(.init(seen: ["vault": "unsealed"], seconds: 1)))
                try Data(TrailTests.ledger.utf8).write(to: one.folder.appending(path: CaseFiles.ledger))
                verdict.result = .passed
                verdict.reason = "whole again"
                verdict.fault = .init(kind: "seal", target: "pi2", confirmed: true, seen: "503")
                verdict.recoverySeconds = 225
                verdict.ledger = .init(acknowledged: 1, lost: 0)
                verdict.outageSeconds = ["app": 0]
                try one.finish(verdict)
            }
        }

        func decide(signed: Bool = true) throws -> Decision {
            try Promotion(
                repository: repository.path, base: "base", evidence: evidence.path, trustedHead: nil,
                requiresSignature: signed, decided: nil, asked: []
            ).decision
        }
    }

    static let ledger = """
        {"at":0,"detail":"write","event":"began","prefix":"p"}
        {"at":0,"event":"sent","number":1,"store":"app"}
        {"at":7,"event":"acknowledged","number":1,"store":"app"}
        {"at":8,"detail":"read","event":"began","prefix":"p"}
        {"at":8.5,"content":"\(LedgerContent.of(store: "app", prefix: "p", number: 1))","event":"found","number":1,"store":"app"}
        {"at":9,"count":1,"event":"read","store":"app"}

        """

    @Test("A verdict that says that the wall was lowered is refused, whatever its run's record says")
    func lowered() throws {
        let place = try Place()
        try place.write("Fixtures/lab/plays/vault.yml", "- hosts: vault\n")
        try place.commit()
        try place.drill(["one", "two"], signedBy: place.key, wallLowered: true)
        let reasons = try place.decide().allReasons
        #expect(reasons.count == 2 && reasons.allSatisfy { $0.contains("the wall was lowered on purpose") })
    }

    @Test("A change that was drilled as it is, signed and clean, is accepted; edited again it is not")
    func accepted() throws {
        let place = try Place()
        try place.write("Fixtures/lab/plays/vault.yml", "- hosts: vault\n")
        try place.commit()
        #expect(try place.decide().allReasons.allSatisfy { $0.contains("no passed verdict") })
        try place.drill(["one", "two"], signedBy: place.key)
        #expect(try place.decide().allReasons == [])
        // Documentation does not make it old.
        try place.write("README.md", "Words.\n")
        try place.commit()
        #expect(try place.decide().isAccepted)
        try place.write("Fixtures/lab/plays/vault.yml", "- hosts: vault\n# again\n")
        try place.commit()
        let refused = try place.decide()
        #expect(!refused.isAccepted && refused.allReasons.allSatisfy { $0.contains("other: plays") })
    }

    @Test("Another's signature does not count, nor none, nor half of the cases")
    func signatures() throws {
        let place = try Place()
        try place.write("Fixtures/lab/plays/vault.yml", "- hosts: vault\n")
        try place.commit()
        try place.drill(["one", "two"], signedBy: SigningKey())
        #expect(try place.decide().allReasons.allSatisfy { $0.contains("not trusted") })
        try place.drill(["one", "two"], signedBy: nil)
        #expect(try !place.decide().isAccepted)
        #expect(try place.decide(signed: false).isAccepted)
        try place.drill(["one"], signedBy: place.key)
        let half = try place.decide()
        #expect(!half.isAccepted && half.allReasons.allSatisfy { $0.hasPrefix("VaultSeal/two") })
    }

    @Test("An edited trail counts for nothing")
    func tampered() throws {
        let place = try Place()
        try place.write("Fixtures/lab/plays/vault.yml", "- hosts: vault\n")
        try place.commit()
        try place.drill(["one", "two"], signedBy: place.key)
        let chain = place.evidence.appending(path: "chain.jsonl")
        var lines = try String(contentsOf: chain, encoding: .utf8).split(separator: "\n")
        lines.remove(at: 1)
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: chain)
        let decision = try place.decide()
        #expect(decision.reasons.contains { $0.contains("does not verify") }, "\(decision.allReasons)")
    }
}
