import Testing

@testable import Ledger

/// Writes and readings by hand.
enum ByHand {
    static func write(
        _ number: Int, at moment: Double, _ outcome: WriteHistory.Outcome
    ) -> WriteHistory.Write {
        .init(number: number, sent: moment, answered: moment + 0.1, outcome: outcome)
    }

    static func content(_ number: Int) -> String { "content \(number)" }

    static func reading(_ numbers: Int..., began: Double = 100, failure: String? = nil) -> Reading {
        Reading(
            began: began, found: numbers.map { .init(number: $0, content: content($0)) }, failure: failure)
    }
}

/// Hand-made histories: the checker must tell every fate of a write from every other.
@Suite struct JudgementTests {
    let history = WriteHistory(writes: [
        ByHand.write(1, at: 0, .acknowledged), ByHand.write(2, at: 1, .acknowledged),
        ByHand.write(3, at: 2, .refused), ByHand.write(4, at: 3, .unknown),
        ByHand.write(5, at: 4, .unknown), ByHand.write(6, at: 5, .acknowledged),
    ])

    func judge(_ readings: Reading...) -> LedgerJudgement {
        LedgerJudgement(history, readings: readings, expected: ByHand.content)
    }

    @Test func everythingThereIsNothingWrong() {
        let judgement = judge(ByHand.reading(1, 2, 4, 6))
        #expect(judgement.acknowledged == 3)
        #expect(judgement.refused == 1)
        #expect(judgement.unknown == 2)
        #expect(judgement.recovered == [4], "an unanswered write may be there, or not, as 5")
        #expect(judgement.lost.isEmpty)
        #expect(judgement.isSound == true)
    }

    @Test func aMissingAcknowledgedWriteIsLost() {
        let judgement = judge(ByHand.reading(1, 6))
        #expect(judgement.lost == [2])
        #expect(judgement.isSound == false)
    }

    @Test func aStoreThatForgotEverythingLosesAllThatItAcknowledged() {
        #expect(judge(ByHand.reading()).lost == [1, 2, 6])
    }

    @Test func whatEndedInTheConcededSecondsMayBeLost() {
        func judge(_ window: ClosedRange<Double>) -> LedgerJudgement {
            LedgerJudgement(
                history, readings: [ByHand.reading(1)], conceding: window, expected: ByHand.content)
        }
        #expect(judge(1...6).lost == [2, 6], "what is conceded is lost all the same")
        #expect(judge(1...6).conceded == [2, 6])
        #expect(judge(1...6).isSound == true)
        #expect(judge(2...6).conceded == [6], "2 was acknowledged too early to be lost")
        #expect(judge(2...6).isSound == false)
        #expect(judge(1...5).isSound == false, "6 was acknowledged too late: by what came after the fault")
    }

    @Test func aHoleInABackupIsNotConceded() {
        let writes = [1, 2, 3, 4, 5].map { ByHand.write($0, at: 10 * Double($0), .acknowledged) }
        func judge(_ reading: Reading) -> LedgerJudgement {
            LedgerJudgement(
                WriteHistory(writes: writes), readings: [reading], conceding: 0...45, expected: ByHand.content
            )
        }
        #expect(judge(ByHand.reading(1, 2, 5)).conceded == [3, 4], "5 was sent after the fault")
        let holed = judge(ByHand.reading(1, 3, 5))
        #expect(holed.lost == [2, 4])
        #expect(holed.conceded == [4], "who has 3 has had 2")
        #expect(holed.isSound == false)
    }

    @Test func whatWasWrittenWhileABackupListedItsFilesIsInItInNoOrder() {
        let writes = [1, 2, 3].map { ByHand.write($0, at: 2 * Double($0), .acknowledged) }
        func conceded(_ listing: Double) -> [Int] {
            LedgerJudgement(
                WriteHistory(writes: writes), readings: [ByHand.reading(1, 3)], conceding: 0...10,
                listing: listing, expected: ByHand.content
            ).conceded
        }
        #expect(conceded(5) == [2])
        #expect(conceded(0) == [], "a log has no holes")
    }

    @Test func nothingButLossIsConceded() {
        var reading = ByHand.reading(1, 2, 2, 6)
        reading.found.append(.init(number: 3, content: ByHand.content(3)))
        let judgement = LedgerJudgement(
            history, readings: [reading], conceding: 0...10, expected: ByHand.content)
        #expect(judgement.duplicated == [2])
        #expect(judgement.invented == [3])
        #expect(judgement.isSound == false)
    }

    @Test func aWriteThatIsThereTwiceIsDuplicated() {
        let judgement = judge(ByHand.reading(1, 2, 2, 4, 4, 6))
        #expect(judgement.duplicated == [2, 4])
        #expect(judgement.lost.isEmpty)
        #expect(judgement.isSound == false)
    }

    @Test func aWriteWithAnotherContentIsCorruptedAndNotLost() {
        var reading = ByHand.reading(1, 6)
        reading.found.append(.init(number: 2, content: ByHand.content(9)))
        let judgement = judge(reading)
        #expect(judgement.corrupted == [2])
        #expect(judgement.lost.isEmpty)
        #expect(judgement.foreign == [2])
        #expect(judgement.isSound == false)
    }

    @Test func aWrongCopyBesideARightOneIsCorruptedToo() {
        var reading = ByHand.reading(1, 2, 6)
        reading.found.append(.init(number: 2, content: ""))
        let judgement = judge(reading)
        #expect(judgement.corrupted == [2])
        #expect(judgement.duplicated == [2])
    }

    @Test func whatNobodySentIsInvented() {
        let judgement = judge(ByHand.reading(0, 1, 2, 6, 77))
        #expect(judgement.invented == [0, 77])
        #expect(judgement.corrupted.isEmpty)
        #expect(judgement.isSound == false)
    }

    @Test func whatWasRefusedAndIsThereIsInvented() {
        let judgement = judge(ByHand.reading(1, 2, 3, 6))
        #expect(judgement.invented == [3])
        #expect(judgement.isSound == false)
    }

    @Test func whatAnEarlierReadingSawAndTheLastMissesIsLost() {
        let judgement = judge(ByHand.reading(1, 2, 4, 6), ByHand.reading(1, 2, 6, began: 200))
        #expect(judgement.lost == [4], "it got no answer, but it was there")
    }

    @Test func whatWasAcknowledgedAfterTheReadingBeganIsNotJudged() {
        let judgement = judge(ByHand.reading(1, 2, began: 4))
        #expect(judgement.lost.isEmpty)
        #expect(judgement.unjudged == [6])
        #expect(judgement.isSound == nil)
    }

    @Test func aReadingThatWasCutOffProvesNoLossButWhatItSaw() {
        let partial = judge(ByHand.reading(1, 77, failure: "no answer in time"))
        #expect(partial.lost.isEmpty)
        #expect(partial.invented == [77])
        #expect(partial.unread == "no answer in time")
        #expect(partial.isSound == false)
        #expect(judge(ByHand.reading(1, failure: "no answer in time")).isSound == nil)
    }

    @Test func withoutAReadingNobodyKnows() {
        #expect(judge().isSound == nil)
        #expect(judge().unread == "it was never read back")
    }

    @Test func anEmptyHistoryOfAnEmptyStoreIsSound() {
        let nothing = LedgerJudgement(
            WriteHistory(), readings: [ByHand.reading()], expected: ByHand.content)
        #expect(nothing.isSound == true)
        #expect(nothing.acknowledged == 0)
    }

    @Test func oneReadingAfterTheLastWriteMayBeADictionary() {
        let judgement = LedgerJudgement(
            history, found: [1: "content 1", 2: "other", 6: "content 6", 77: "content 77"],
            expected: ByHand.content)
        #expect(judgement.foreign == [2, 77])
        #expect(judgement.unread == nil)
    }
}
