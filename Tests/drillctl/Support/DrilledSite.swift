import Foundation
import Ledger
import Runbooks

@testable import Evidence

/// A repository with a change of a play, and evidence of it as drills leave it, signed by a key of `drillctl key new`.
struct DrilledSite {
    /// How a site is made; as it is, everything is as the gate wants it.
    struct Making: Sendable {
        var policy = DrilledSite.policy
        var parity = DrilledSite.parity
        /// Whether a key signs at all, and whether it is the one that the base trusts.
        var (isSigned, isSignedByStranger) = (true, false)
        /// The cases that ended, and those that only began.
        var (cases, begun) = (["one", "two"], [String]())
        var record: @Sendable (inout RunRecord) -> Void = { _ in }
        var verdict: @Sendable (inout Verdict) -> Void = { _ in }
    }

    let site: GateSite
    var evidence: URL { URL(filePath: "\(site.program.scratch)/evidence") }

    init(_ making: Making = Making()) async throws {
        site = try GateSite(
            [
                "RECOVERY_MAP.md": Self.map, "Fixtures/lab/CLUSTER_RECOVERY.md": Self.runbook,
                "Fixtures/lab/parity.yml": making.parity, ".gate/policy.yml": making.policy,
                "Fixtures/lab/plays/vault.yml": "- hosts: nothing\n",
                "Fixtures/lab/ansible.cfg": "[defaults]\n",
                "Fixtures/lab/inventory/hosts.yml": "all: {}\n", "Fixtures/lab/app/app.py": "print(1)\n",
            ], copying: [".gate/rules.yml"])
        for name in ["operator", "stranger"] {
            let made = try await site.program.run(["key", "new", "\(site.program.scratch)/keys/\(name)"])
            guard made.exit == 0 else { throw CocoaError(.fileWriteUnknown) }
        }
        let trusted = try String(contentsOfFile: "\(site.program.scratch)/keys/operator.pub", encoding: .utf8)
        try site.commit([".gate/keys/operator.pub": trusted])
        try site.git("tag", "--force", "base")
        try site.commit(["Fixtures/lab/plays/vault.yml": "- hosts: vault\n"])
        try drill(making)
    }

    func remove() { site.program.remove() }

    /// Leaves one run of what is checked out.
    private func drill(_ making: Making) throws {
        let key = "\(site.program.scratch)/keys/\(making.isSignedByStranger ? "stranger" : "operator")"
        var record = RunRecord()
        record.shelf = .verdicts
        record.boundary = [.init(check: "connect", ok: true, seen: "unreachable", seconds: 0)]
        record.digests.plays = try SourceDigest.of(
            SourceDigest.provisioning, in: "\(site.repository)/Fixtures/lab")
        record.digests.parity = SourceDigest.of(content: Data(making.parity.utf8))
        making.record(&record)
        let run = try EvidenceStore(root: evidence).openRun(
            record, signedBy: making.isSigned ? SigningKey(contentsOf: key) : nil)
        for name in making.begun { _ = try run.beginCase(draft(name), redactor: .none) }
        for name in making.cases {
            var verdict = try draft(name)
            making.verdict(&verdict)
            let one = try run.beginCase(verdict, redactor: .none)
            try one.journal.record(.inject(.init(fault: "seal", target: "pi2", detail: "by hand")))
            try one.journal.record(
                .confirmed(.init(fault: "seal", target: "pi2", vantage: "pi1", seen: "503")))
            try one.journal.record(.whole(.init(seen: ["vault": "unsealed"], seconds: 1)))
            try Data(Self.ledger.utf8).write(to: one.folder.appending(path: CaseFiles.ledger))
            verdict.ledger = .init(acknowledged: 1, lost: 0)
            verdict.outageSeconds = ["app": 0]
            try one.finish(verdict)
        }
    }

    /// A verdict that passed, of what is checked out.
    private func draft(_ name: String) throws -> Verdict {
        var verdict = Verdict(drill: "VaultSeal", case: name)
        let section = try Runbook(text: Self.runbook, name: "R").section(titled: "Vault is sealed")
        verdict.section = .init(title: section.title, line: section.line, sha256: section.sha256)
        verdict.mapRowSHA256 = try RecoveryMap(text: Self.map, name: "M").rows[0].sha256
        verdict.sandbox.profile = "lab"
        verdict.sandbox.substitutions = [.init(component: "Vault", standIn: "OpenBao 2.7.2", reason: "r")]
        (verdict.commit, verdict.dirty) = (try site.git("rev-parse", "HEAD"), false)
        (verdict.result, verdict.reason) = (.passed, "whole again")
        verdict.fault = .init(kind: "seal", target: "pi2", confirmed: true, seen: "503")
        (verdict.recoverySeconds, verdict.budgetSeconds) = (225, 600)
        return verdict
    }

    static let map =
        MapTests.header
        + "| lab | Vault is sealed | VaultSeal | one; two | vault, ansible, recovery | 10 min | 0 writes | - | - | - | - |\n"
    static let runbook = "# R\n\n## Vault is sealed\n\n- [AGENT] Look.\n"
    static let parity = """
        components:
          - component: Vault
            prod: HashiCorp Vault
            kind: substitution
            here: {name: OpenBao, version: 2.7.2, observe: bao version}
            reason: r
            changeClasses: [vault]

        """
    static let policy = """
        maxAgeDays: 35
        grants:
          - {component: Vault, standIn: OpenBao, classes: [vault], reason: r, owner: o, expires: 2999-12-31}

        """
    private static let ledger = """
        {"at":0,"detail":"write","event":"began","prefix":"p"}
        {"at":0,"event":"sent","number":1,"store":"app"}
        {"at":7,"event":"acknowledged","number":1,"store":"app"}
        {"at":8,"detail":"read","event":"began","prefix":"p"}
        {"at":8.5,"content":"\(LedgerContent.of(store: "app", prefix: "p", number: 1))","event":"found","number":1,"store":"app"}
        {"at":9,"count":1,"event":"read","store":"app"}

        """
}
