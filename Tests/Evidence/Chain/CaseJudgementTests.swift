import Foundation
import Testing

@testable import Evidence

/// A verdict that its own journals do not bear out is told, whoever signed it.
@Suite struct CaseJudgementTests {
    /// What a case comes to whose ledger and verdict are made as told.
    private func complaints(
        ledger: String?, verdict change: (inout Verdict) -> Void = { _ in }, confirms: Bool = true,
        isWholeFirst: Bool = false
    ) async throws -> [String] {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let one = try trail.begin("one", in: trail.open())
            try one.journal.record(.inject(.init(fault: "seal", target: "pi2", detail: "by hand")))
            if isWholeFirst {
                try one.journal.record(.whole(.init(seen: [:], seconds: 1)))
                try await Task.sleep(for: .milliseconds(5))
            }
            if confirms {
                try one.journal.record(
                    .confirmed(.init(fault: "seal", target: "pi2", vantage: "pi1", seen: "503")))
            }
            try one.journal.record(.whole(.init(seen: [:], seconds: 1)))
            if let ledger {
                try Data(ledger.utf8).write(to: one.folder.appending(path: CaseFiles.ledger))
            }
            var verdict = trail.passed("one")
            change(&verdict)
            try one.finish(verdict)
            let read = try EvidenceTrail(verifying: trail.root)
            #expect(read.cases[0].verdict.result != .passed || read.isSound)
            return read.troubles.map(\.words)
        }
    }

    private let sound = SampleTrail.ledger(answer: "acknowledged")

    @Test func `a sound case has no complaint`() async throws {
        #expect(try await complaints(ledger: sound) == [])
        #expect(
            try await complaints(ledger: nil) {
                $0.result = .unproven
                $0.ledger.lost = nil
            } == [])
    }

    @Test func `a ledger that says otherwise`() async throws {
        let words = "its ledger, judged again, tells of other writes than the verdict"
        #expect(try await complaints(ledger: sound) { $0.ledger.acknowledged = 3 } == [words])
        #expect(try await complaints(ledger: sound) { $0.outageSeconds = ["app": 3] } == [words])
        #expect(
            try await complaints(ledger: SampleTrail.ledger(answer: "refused"))
                == [words, "it passed, and its ledger is not sound: app: invented: 1"])
        #expect(try await complaints(ledger: nil) == ["it has no ledger.jsonl to judge"])
        #expect(
            try await complaints(ledger: "nonsense\n\n").first?.contains("line 1: it is no line") == true)
    }

    @Test func `a journal that says otherwise`() async throws {
        let untold =
            "it passed, and its journal does not tell of a fault, its confirmation and a lab that is whole again"
        #expect(try await complaints(ledger: sound, confirms: false) == [untold])
        #expect(try await complaints(ledger: sound, isWholeFirst: true) == [untold])
        // Less than nothing, since the journal's moments lie as close together as the disk allows.
        #expect(
            try await complaints(ledger: sound) { $0.recoverySeconds = -1 }
                == ["its journal tells of a longer recovery than the verdict"])
        #expect(
            try await complaints(ledger: sound) { $0.recoverySeconds = 700 }
                == ["it passed, and took longer than its budget"])
    }

    @Test func `an end that is not of its beginning`() async throws {
        #expect(
            try await complaints(ledger: sound) { $0.drillSHA256 = nil }
                == ["it ends as another case than it began"])
    }
}
