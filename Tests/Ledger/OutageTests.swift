import Testing

@testable import Ledger

/// Outage: from injection to the first acknowledged write after the last one that was not.
@Suite struct OutageTests {
    @Test func endsAtTheFirstAcknowledgementAfterTheLastRefusal() throws {
        let history = WriteHistory(writes: [
            ByHand.write(1, at: 0, .acknowledged), ByHand.write(2, at: 2, .refused),
            ByHand.write(3, at: 3, .acknowledged), ByHand.write(4, at: 4, .unknown),
            ByHand.write(5, at: 6, .acknowledged), ByHand.write(6, at: 7, .acknowledged),
        ])
        let outage = try #require(history.outage(since: 1))
        #expect(abs(outage - 5.1) < 0.001)
        let gap = try #require(history.longestGap(since: 1))
        #expect(abs(gap - 3) < 0.001, "from 3.1 to 6.1")
    }

    @Test func isZeroWhenNothingWasRefusedThoughTheGapIsLong() throws {
        let history = WriteHistory(writes: [
            ByHand.write(1, at: 0, .acknowledged), ByHand.write(2, at: 9, .acknowledged),
        ])
        #expect(history.outage(since: 1) == 0)
        let gap = try #require(history.longestGap(since: 1))
        #expect(abs(gap - 9) < 0.001, "it begins with the last acknowledgement before the injection")
    }

    @Test func isUnknownWhenTheStoreNeverCameBack() {
        let history = WriteHistory(writes: [
            ByHand.write(1, at: 0, .acknowledged), ByHand.write(2, at: 2, .refused),
        ])
        #expect(history.outage(since: 1) == nil)
        #expect(history.longestGap(since: 1) == nil)
    }

    @Test func isUnknownWhenNobodyWroteAfterTheInjection() {
        #expect(WriteHistory().outage(since: 1) == nil)
    }

    @Test func doesNotCountWhatFailedBeforeTheFault() {
        let history = WriteHistory(writes: [
            ByHand.write(1, at: 0, .refused), ByHand.write(2, at: 2, .acknowledged),
        ])
        #expect(history.outage(since: 1) == 0)
    }

    @Test func countsWhatWasInFlightAtTheInjection() throws {
        let history = WriteHistory(writes: [
            .init(number: 1, sent: 0, answered: 3, outcome: .unknown), ByHand.write(2, at: 4, .acknowledged),
        ])
        let outage = try #require(history.outage(since: 1))
        #expect(abs(outage - 3.1) < 0.001)
    }

    @Test func aWriteThatNeverGotAnAnswerEndsNothing() {
        let history = WriteHistory(writes: [
            ByHand.write(1, at: 2, .acknowledged), .init(number: 2, sent: 3),
        ])
        #expect(history.outage(since: 1) == nil)
    }
}

/// How fast a store took its writes.
@Suite struct PaceTests {
    @Test func thePaceIsOfAcknowledgedWritesAlone() throws {
        let history = WriteHistory(writes: [
            .init(number: 1, sent: 0, answered: 1, outcome: .acknowledged),
            .init(number: 2, sent: 1, answered: 9, outcome: .refused),
            .init(number: 3, sent: 2, answered: 2.5, outcome: .acknowledged),
            .init(number: 4, sent: 3, answered: 5, outcome: .acknowledged),
            .init(number: 5, sent: 6, outcome: .unknown),
        ])
        let pace = try #require(LedgerPace(history))
        #expect(pace.acknowledged == 3)
        #expect(pace.perSecond == 0.6)
        #expect(pace.median == 1)
        #expect(pace.worst == 2)
        #expect(LedgerPace(WriteHistory()) == nil)
    }
}
