import Foundation
import Testing

@testable import Evidence

@Suite struct VerdictListTests {
    /// A run of four cases: one passed, one failed, one cut off, and one whose verdict is spoilt as asked.
    private func list(spoil: (URL) throws -> Void = { _ in }) async throws -> VerdictList {
        try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            let run = try store.openRun(RunRecord())
            var failed = Verdict.sample(drill: "Seal", case: "killed")
            failed.result = .failed
            failed.reason = "CLUSTER_RECOVERY.md:52 exited 1\u{1b}[2J"
            failed.recoverySeconds = nil
            failed.ledger.conceded = 0
            try run.beginCase(failed, redactor: .none).finish(failed)
            let passed = Verdict.sample(drill: "Seal", case: "operator")
            try run.beginCase(passed, redactor: .none).finish(passed)
            _ = try run.beginCase(Verdict(drill: "Seal", case: "restart"), redactor: .none)
            let spoilt = try run.beginCase(.sample(drill: "Zone", case: "x"), redactor: .none)
            try spoilt.finish(.sample(drill: "Zone", case: "x"))
            try spoil(spoilt.verdictFile)
            return try store.verdicts()
        }
    }

    @Test func `shows a table that lines up`() async throws {
        let list = try await list()
        #expect(
            list.table() == """
                CASE             VERDICT   OUTAGE                          RECOVERY              LOST
                Seal / killed    failed    postgres not back, vault 4.2 s  - of 5 min 00 s       3 of 120
                Seal / operator  passed    postgres not back, vault 4.2 s  12.3 s of 5 min 00 s  3 of 120, 3 conceded
                Seal / restart   unproven  -                               -                     not read back
                Zone / x         passed    postgres not back, vault 4.2 s  12.3 s of 5 min 00 s  3 of 120, 3 conceded

                failed: Seal / killed: CLUSTER_RECOVERY.md:52 exited 1 [2J
                unproven: Seal / restart: the run was cut off before a verdict

                run \(list.run): 2 passed, 1 failed, 1 unproven

                """)
    }

    @Test(arguments: [true, nil]) func `says when the wall was lowered on purpose`(lowered: Bool?)
        async throws
    {
        let table = try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            var verdict = Verdict.sample()
            verdict.sandbox.wallLowered = lowered
            let run = try store.openRun(RunRecord(), signedBy: nil)
            try run.beginCase(verdict, redactor: .none).finish(verdict)
            return try store.verdicts().table()
        }
        let words = "\nthe wall was lowered on purpose: the gate takes none of these\n"
        #expect(table.hasSuffix(words) == (lowered == true))
    }

    @Test func `colours only when asked, and still lines up`() async throws {
        let list = try await list()
        #expect(!list.table().contains("\u{1b}"))
        let colored = list.table(color: true)
        #expect(colored.contains("\u{1b}[31mfailed\u{1b}[0m"))
        #expect(colored.replacing(/\u{1b}\[[0-9]*m/, with: "") == list.table())
    }

    @Test func `prints one array with all verdicts`() async throws {
        let list = try await list()
        let read = try EvidenceJSON.decoder.decode([Verdict].self, from: Data(try list.json().utf8))
        #expect(read == list.verdicts && read.count == 4)
    }

    @Test(arguments: [
        ("", "it is not whole JSON"), ("{\"schema\": \"drill-ver", "it is not whole JSON"),
        ("{}", "'schema' is missing"), ("[]", "cannot be read"),
        ("{\"schema\": \"drill-verdict/9\"}", "has the schema 'drill-verdict/9', not 'drill-verdict/1'"),
        ("{\"schema\": \"drill-verdict/1\"}", "is missing"),
    ])
    func `reports a verdict that cannot be read as unproven`(content: String, trouble: String) async throws {
        let list = try await list(spoil: { try Data(content.utf8).write(to: $0) })
        let spoilt = try #require(list.verdicts.last)
        #expect(spoilt.drill == "Zone" && spoilt.case == "x")
        #expect(spoilt.result == .unproven)
        #expect(spoilt.reason.contains("verdict.json") && spoilt.reason.contains(trouble))
    }

    @Test func `reports a missing verdict as unproven`() async throws {
        let list = try await list(spoil: { try FileManager.default.removeItem(at: $0) })
        #expect(list.verdicts.count == 4)
        #expect(list.verdicts.last?.result == .unproven)
        #expect(list.verdicts.last?.reason.hasSuffix("verdict.json is missing") == true)
    }

    @Test func `reports a result that does not exist as unproven`() async throws {
        let list = try await list(spoil: { file in
            let altered = try text(of: file).replacing("\"passed\"", with: "\"splendid\"")
            try Data(altered.utf8).write(to: file)
        })
        #expect(list.verdicts.last?.result == .unproven)
        #expect(list.verdicts.last?.reason.contains("'result'") == true)
    }

    @Test func `says that a run without cases has none`() async throws {
        try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            let run = try store.openRun(RunRecord())
            #expect(try store.verdicts().table() == "run \(run.id): no case was begun\n")
            #expect(try store.verdicts().json() == "[\n\n]")
        }
    }
}
