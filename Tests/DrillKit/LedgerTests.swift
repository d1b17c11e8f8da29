import Testing

@testable import DrillKit

/// Hand-made histories: the checker must tell lost, foreign, recovered and merely unknown writes apart.
@Suite struct LedgerTests {
    static func write(
        _ number: Int, at moment: Double, _ outcome: WriteHistory.Outcome
    ) -> WriteHistory.Write {
        .init(number: number, sent: moment, answered: moment + 0.1, outcome: outcome)
    }

    static func content(_ number: Int) -> String { "content \(number)" }

    let history = WriteHistory(writes: [
        write(1, at: 0, .acknowledged), write(2, at: 1, .acknowledged), write(3, at: 2, .refused),
        write(4, at: 3, .unknown), write(5, at: 4, .unknown), write(6, at: 5, .acknowledged),
    ])

    @Test func everythingThereIsNothingLost() {
        let judgement = LedgerJudgement(
            history, found: [1: "content 1", 2: "content 2", 4: "content 4", 6: "content 6"],
            expected: Self.content)
        #expect(judgement.acknowledged == 3)
        #expect(judgement.lost.isEmpty)
        #expect(judgement.foreign.isEmpty)
        #expect(judgement.recovered == [4], "an unanswered write may be there")
        #expect(judgement.unknown == 2)
    }

    @Test func aMissingAcknowledgedWriteIsLost() {
        let judgement = LedgerJudgement(
            history, found: [1: "content 1", 6: "content 6"], expected: Self.content)
        #expect(judgement.lost == [2])
    }

    @Test func aChangedWriteIsLostAndForeign() {
        let judgement = LedgerJudgement(
            history, found: [1: "content 1", 2: "content 9", 6: "content 6"], expected: Self.content)
        #expect(judgement.lost == [2])
        #expect(judgement.foreign == [2])
    }

    @Test func aWriteOutOfThinAirIsForeign() {
        let judgement = LedgerJudgement(
            history, found: [1: "content 1", 2: "content 2", 6: "content 6", 77: "content 77"],
            expected: Self.content)
        #expect(judgement.lost.isEmpty)
        #expect(judgement.foreign == [77])
    }

    @Test func aStoreThatForgotEverythingLosesAllThatItAcknowledged() {
        let judgement = LedgerJudgement(history, found: [:], expected: Self.content)
        #expect(judgement.lost == [1, 2, 6])
    }
}

/// Outage: from injection to the first acknowledged write after the last one that was not.
@Suite struct OutageTests {
    @Test func endsAtTheFirstAcknowledgementAfterTheLastRefusal() throws {
        let history = WriteHistory(writes: [
            LedgerTests.write(1, at: 0, .acknowledged), LedgerTests.write(2, at: 2, .refused),
            LedgerTests.write(3, at: 3, .acknowledged), LedgerTests.write(4, at: 4, .unknown),
            LedgerTests.write(5, at: 6, .acknowledged), LedgerTests.write(6, at: 7, .acknowledged),
        ])
        let outage = try #require(history.outage(since: 1))
        #expect(abs(outage - 5.1) < 0.001)
    }

    @Test func isZeroWhenNothingWasRefused() {
        let history = WriteHistory(writes: [
            LedgerTests.write(1, at: 0, .acknowledged), LedgerTests.write(2, at: 2, .acknowledged),
        ])
        #expect(history.outage(since: 1) == 0)
    }

    @Test func isUnknownWhenTheStoreNeverCameBack() {
        let history = WriteHistory(writes: [
            LedgerTests.write(1, at: 0, .acknowledged), LedgerTests.write(2, at: 2, .refused),
        ])
        #expect(history.outage(since: 1) == nil)
    }

    @Test func doesNotCountWhatFailedBeforeTheFault() {
        let history = WriteHistory(writes: [
            LedgerTests.write(1, at: 0, .refused), LedgerTests.write(2, at: 2, .acknowledged),
        ])
        #expect(history.outage(since: 1) == 0)
    }
}
