import Foundation
import Ledger

@testable import Evidence

/// A small trail in a folder of its own, as drills leave it.
struct SampleTrail {
    let root: URL
    let key: SigningKey?

    init(root: URL, key: SigningKey?) {
        self.root = root
        self.key = key
    }

    init(in folder: URL, key: SigningKey? = nil) {
        self.init(root: folder.appending(path: "evidence"), key: key)
    }

    var chain: URL { root.appending(path: ChainLog.name) }

    func open() throws -> EvidenceRun {
        var record = RunRecord()
        record.shelf = .verdicts
        record.digests = Digests(plays: digest, image: digest, parity: digest, harness: digest)
        return try EvidenceStore(root: root).openRun(record, signedBy: key)
    }

    /// Begins a case and leaves it there.
    @discardableResult
    func begin(_ name: String, in run: EvidenceRun) throws -> EvidenceCase {
        try run.beginCase(draft(name), redactor: .none)
    }

    /// A case that passed, with the journals that show it.
    @discardableResult
    func pass(_ name: String, in run: EvidenceRun) throws -> EvidenceCase {
        let one = try begin(name, in: run)
        try one.journal.record(.inject(.init(fault: "seal", target: "pi2", detail: "by hand")))
        try one.journal.record(
            .confirmed(.init(fault: "seal", target: "pi2", vantage: "pi1", seen: "503")))
        try one.journal.record(.whole(.init(seen: ["vault": "unsealed"], seconds: 1)))
        try Data(Self.ledger(answer: "acknowledged").utf8).write(
            to: one.folder.appending(path: CaseFiles.ledger))
        try one.finish(passed(name))
        return one
    }

    /// The verdict with which a case begins.
    func draft(_ name: String) -> Verdict {
        var verdict = Verdict(
            drill: "VaultSeal", case: name, started: Timestamp(milliseconds: 1_782_187_506_789))
        verdict.section = .init(title: "Vault is sealed", line: 41, sha256: digest)
        (verdict.mapRowSHA256, verdict.drillSHA256) = (digest, digest)
        verdict.budgetSeconds = 600
        verdict.sandbox.profile = "lab"
        return verdict
    }

    /// A verdict that says what ``ledger(answer:)`` and the journal do.
    func passed(_ name: String) -> Verdict {
        var verdict = draft(name)
        verdict.result = .passed
        verdict.reason = "the section brought the lab back, and nothing was lost"
        verdict.fault = .init(kind: "seal", target: "pi2", confirmed: true, seen: "503")
        verdict.recoverySeconds = 225
        verdict.ledger = .init(acknowledged: 2, lost: 0)
        verdict.outageSeconds = ["app": 0]
        return verdict
    }

    /// A ledger of two writes, the first answered so, read back whole.
    static func ledger(answer: String) -> String {
        let contents = [1, 2].map { LedgerContent.of(store: "app", prefix: "p", number: $0) }
        return """
            {"at":0,"detail":"write","event":"began","prefix":"p"}
            {"at":0,"event":"sent","number":1,"store":"app"}
            {"at":0,"event":"\(answer)","number":1,"store":"app"}
            {"at":6,"event":"sent","number":2,"store":"app"}
            {"at":7,"event":"acknowledged","number":2,"store":"app"}
            {"at":8,"detail":"read","event":"began","prefix":"p"}
            {"at":8.5,"content":"\(contents[0])","event":"found","number":1,"store":"app"}
            {"at":8.5,"content":"\(contents[1])","event":"found","number":2,"store":"app"}
            {"at":9,"count":2,"event":"read","store":"app"}

            """
    }

    /// The chain's lines, without their ends.
    func lines() throws -> [String] {
        try text(of: chain).split(separator: "\n").map(String.init)
    }

    /// Puts other lines in the chain's place.
    func write(_ lines: [String]) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: chain)
    }

    private var digest: String { String(repeating: "ab", count: 32) }
}
