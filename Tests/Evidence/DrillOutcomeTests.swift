import Evidence
import Foundation
import Testing

/// What a drill came to is told of its cases together, newest first.
@Suite struct DrillOutcomeTests {
    private func verdict(
        _ name: String, _ result: Verdict.Result = .passed, at seconds: Double, text: String = "a",
        recovery: Double? = 10, drill: String = "D", profile: String = "lab", ended: Bool = true
    ) -> Verdict {
        let date = Date(timeIntervalSince1970: seconds)
        var verdict = Verdict(drill: drill, case: name, started: Timestamp(date))
        verdict.result = result
        verdict.section = .init(title: "S", line: 1, sha256: text)
        verdict.recoverySeconds = recovery
        verdict.sandbox.profile = profile
        verdict.finished = ended ? Timestamp(date) : nil
        return verdict
    }

    private func outcome(_ verdicts: [Verdict], text: String = "a") -> DrillOutcome? {
        DrillOutcome(profile: "lab", drill: "D", cases: ["one", "two"], text: text, in: verdicts)
    }

    @Test func allCasesCountAndTheLongestRecovery() {
        let found = outcome([
            verdict("one", at: 1, recovery: 30), verdict("two", at: 2), verdict("one", at: 0, recovery: 99),
            verdict("three", .failed, at: 9), verdict("two", .failed, at: 9, drill: "E"),
            verdict("two", .failed, at: 9, profile: "cluster"),
        ])
        #expect(found?.result == .passed && found?.recoverySeconds == 30)
        #expect(found?.finished == Timestamp(Date(timeIntervalSince1970: 2)))
    }

    @Test func aMissingCaseIsNoPass() {
        #expect(outcome([verdict("one", at: 1)]) == nil)
        #expect(outcome([verdict("one", at: 1), verdict("two", at: 2, text: "b")]) == nil)
        #expect(outcome([verdict("one", at: 1), verdict("two", at: 2, ended: false)]) == nil)
        #expect(outcome([]) == nil)
    }

    @Test func theNewestOfACaseCountsAndOneFailureIsEnough() {
        let before = [verdict("one", at: 1), verdict("two", at: 2)]
        #expect(outcome(before + [verdict("two", .unproven, at: 3)])?.result == .unproven)
        let failed = outcome(before + [verdict("one", .failed, at: 3, recovery: nil)])
        #expect(failed?.result == .failed && failed?.recoverySeconds == nil)
        #expect(outcome([verdict("one", .failed, at: 3)])?.result == .failed)
        #expect(outcome([verdict("two", .failed, at: 0)] + before)?.result == .passed)
    }

    @Test func thePresentTextComesFirstThenTheNewest() {
        let old = [verdict("one", at: 1, text: "a"), verdict("two", at: 1, text: "a")]
        let new = [verdict("one", .failed, at: 5, text: "b"), verdict("two", at: 5, text: "b")]
        #expect(outcome(old + new, text: "a")?.sectionSHA256 == "a")
        #expect(outcome(old + new, text: "b")?.result == .failed)
        #expect(outcome(old + new, text: "c")?.sectionSHA256 == "b")
    }
}
