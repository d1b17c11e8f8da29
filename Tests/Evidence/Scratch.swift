import Foundation

@testable import Evidence

/// Calls `body` with a new folder that is gone afterwards.
func withScratch<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// The file's text.
func text(of file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

extension Verdict {
    /// A verdict with something in every field.
    static func sample(drill: String = "VaultSeal", case name: String = "operator seal") -> Verdict {
        var verdict = Verdict(
            drill: drill, case: name, started: Timestamp(milliseconds: 1_782_187_506_789))
        verdict.section = Section(title: "Vault is sealed", line: 41, sha256: "e3b0c442")
        verdict.result = .passed
        verdict.reason = "whole again in 12.3 s"
        verdict.fault = Fault(
            kind: "vault operator seal", target: "pi2", confirmed: true, seen: "503 from https://pi2:8200")
        verdict.steps = [
            Step(line: 52, role: .agent, command: "vault status", exit: 2, seconds: 0.4),
            Step(line: 60, role: .human, command: "types share-1", exit: nil, seconds: 1.25),
        ]
        verdict.recoverySeconds = 12.3
        verdict.budgetSeconds = 300
        verdict.ledger = Ledger(acknowledged: 120, refused: 4, unknown: 1, lost: 3)
        verdict.ledger.conceded = 3
        verdict.ledger.concededSeconds = ["postgres": 45]
        verdict.ledger.recoveryPointSeconds = ["postgres": 12.5]
        verdict.outageSeconds = ["vault": 4.2, "postgres": nil]
        verdict.sandbox = Sandbox(
            provider: "qemu", accelerator: "tcg", profile: "lab", observed: ["vault": "OpenBao 2.7.2"],
            substitutions: [
                Substitution(
                    component: "Vault", standIn: "OpenBao 2.7.2", reason: "not to be had",
                    cannotShow: ["enterprise replication"])
            ])
        verdict.finished = Timestamp(milliseconds: 1_782_187_526_001)
        verdict.commit = "0b55018"
        verdict.dirty = false
        return verdict
    }
}
