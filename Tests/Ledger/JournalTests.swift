import Foundation
import Testing

@testable import Ledger

/// Reading the journal: what is tolerated, what is an error, and what comes of it.
@Suite struct JournalTests {
    static let began = #"{"at":0.1,"detail":"write","event":"began","prefix":"p"}"#
    static func sent(_ number: Int, _ at: Double) -> String {
        #"{"at":\#(at),"event":"sent","number":\#(number),"store":"app"}"#
    }
    static func answer(_ number: Int, _ at: Double, _ event: String = "acknowledged") -> String {
        #"{"at":\#(at),"event":"\#(event)","number":\#(number),"store":"app"}"#
    }
    static func found(_ number: Int, _ at: Double) throws -> String {
        let content = LedgerContent.of(store: "app", prefix: "p", number: number)
        let line = LedgerLine(at: at, event: .found, store: "app", number: number, content: content)
        return String(decoding: try line.encoded().dropLast(), as: UTF8.self)
    }
    static let reads = #"{"at":8,"detail":"read","event":"began","prefix":"p"}"#
    static func read(_ count: Int) -> String { #"{"at":9,"count":\#(count),"event":"read","store":"app"}"# }

    func journal(_ lines: String..., tail: String = "") throws -> LedgerJournal {
        try LedgerJournal(parsing: Data((lines.map { $0 + "\n" }.joined() + tail).utf8))
    }

    @Test func aWholeCase() throws {
        let journal = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 1.2), Self.sent(2, 2), Self.answer(2, 5, "unknown"),
            Self.sent(3, 5.5), Self.answer(3, 6), Self.reads, try Self.found(1, 8.5), try Self.found(3, 8.6),
            Self.read(2))
        let account = try #require(journal.accounts(since: 1.5).first)
        #expect(account.store == "app")
        #expect(account.judgement.isSound == true)
        #expect(account.outage == 4.5)
        #expect(account.complaint == nil)
        #expect(!journal.isTorn)
        #expect(journal.accounts().first?.outage == nil, "without a fault there is no outage")
    }

    @Test func theRecoveryPointIsTheOldestLostWrite() throws {
        let journal = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 1.25), Self.sent(2, 2), Self.answer(2, 2.25),
            Self.sent(3, 3), Self.answer(3, 3.25), Self.reads, try Self.found(1, 8.5), Self.read(1))
        let account = try #require(journal.accounts(since: 4.25, conceding: ["app": 2...4]).first)
        #expect(account.recoveryPoint == 2)
        #expect(account.judgement.conceded == [2, 3])
        #expect(account.complaint == nil)
        let strict = try #require(journal.accounts(since: 4.25, conceding: ["git": 2...4]).first)
        #expect(strict.complaint == "app: lost: 2-3", "what another store concedes is not conceded here")
    }

    @Test func whatIsLostAfterTheFaultDoesNotReachBeforeIt() throws {
        let journal = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 1.25), Self.reads, Self.read(0))
        let account = try #require(journal.accounts(since: 0.5).first)
        #expect(account.judgement.lost == [1] && account.recoveryPoint == 0)
    }

    @Test func answersMayComeOutOfOrder() throws {
        let journal = try journal(
            Self.began, Self.sent(1, 1), Self.sent(2, 1.1), Self.answer(2, 1.3),
            Self.answer(1, 1.4, "refused"))
        let writes = try #require(journal.stores["app"]).history.writes
        #expect(writes.map(\.outcome) == [.refused, .acknowledged])
        #expect(writes.map(\.answered) == [1.4, 1.3])
    }

    @Test func aWriteWithoutAnAnswerIsUnknown() throws {
        let journal = try journal(Self.began, Self.sent(1, 1))
        #expect(journal.stores["app"]?.history.writes.map(\.outcome) == [.unknown])
        #expect(journal.stores["app"]?.history.writes.first?.answered == nil)
    }

    @Test func aTornLastLineIsLeftOutAndSaid() throws {
        let journal = try journal(Self.began, Self.sent(1, 1), tail: #"{"at":1.2,"event":"ackn"#)
        #expect(journal.isTorn)
        #expect(journal.stores["app"]?.history.writes.count == 1)
    }

    @Test func anEmptyJournalHasNoStores() throws {
        #expect(try LedgerJournal(parsing: Data()).accounts().isEmpty)
    }

    @Test func anyOtherMalformedLineIsAnErrorWithItsNumber() {
        let error = #expect(throws: LedgerError.self) {
            try journal(Self.began, "ledger-client: something", Self.sent(1, 1))
        }
        #expect(
            error?.description
                == "the ledger's journal cannot be judged: line 2: it is no line of a ledger: "
                + "ledger-client: something")
        #expect(throws: LedgerError.self) { try journal(Self.began, "torn, but with its newline") }
        #expect(throws: LedgerError.self) { try journal(Self.began, "", Self.sent(1, 1)) }
    }

    @Test(arguments: [
        ([sent(1, 1), sent(1, 2)], "write 1 of app is sent a second time, or is none"),
        ([sent(0, 1), sent(1, 2)], "write 0 of app is sent a second time, or is none"),
        ([sent(1, 1), sent(3, 2)], "write 3 of app follows write 1"),
        ([sent(1, 1), answer(2, 2)], "write 2 of app is answered and was never sent"),
        ([sent(1, 1), answer(1, 2), answer(1, 3, "unknown")], "write 1 of app is answered a second time"),
        ([#"{"at":1,"event":"sent","number":1}"#], "sent without store"),
        ([#"{"at":1,"event":"read","store":"app"}"#], "read without count"),
        ([began, #"{"at":1,"event":"began","prefix":"q"}"#], "it begins q, and the journal is p's"),
    ])
    func linesThatContradictEarlierOnesAreErrors(_ lines: [String], _ words: String) throws {
        let text = lines.map { $0 + "\n" }.joined()
        let error = #expect(throws: LedgerError.self) { try LedgerJournal(parsing: Data(text.utf8)) }
        #expect(error?.problem == words)
    }

    @Test func aReadingThatWasCutOffIsNone() throws {
        let cut = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 2), Self.sent(2, 3), Self.answer(2, 4), Self.reads,
            try Self.found(1, 8.5))
        #expect(cut.accounts().first?.complaint == "app: not read back: the reading was cut off")
        let short = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 2), Self.reads, try Self.found(1, 8.5), Self.read(2))
        #expect(short.accounts().first?.complaint == "app: not read back: 1 of 2 lines are in the journal")
    }

    @Test func theComplaintNamesNumbersInRuns() throws {
        let journal = try journal(
            Self.began, Self.sent(1, 1), Self.answer(1, 1), Self.sent(2, 2), Self.answer(2, 2),
            Self.sent(3, 3), Self.answer(3, 3), Self.sent(4, 4), Self.answer(4, 4, "refused"),
            Self.sent(5, 5), Self.answer(5, 5), Self.reads,
            try Self.found(8, 8.5), Self.read(1))
        #expect(journal.accounts().first?.complaint == "app: lost: 1-3, 5; invented: 8")
    }

    @Test func contentsDifferByStorePrefixAndNumber() {
        let one = LedgerContent.of(store: "app", prefix: "p", number: 1)
        #expect(one.hasPrefix("write 1 of app in p: 728d918076666a5c "), "as computed elsewhere")
        #expect(one.count == "write 1 of app in p:".count + 8 * 17)
        #expect(one != LedgerContent.of(store: "volume", prefix: "p", number: 1))
        #expect(one.suffix(136) != LedgerContent.of(store: "app", prefix: "q", number: 1).suffix(136))
    }

    @Test func aPlanIsFilledUpWithTheLabsOwnDoors() throws {
        let text = #"{"prefix":"p","epoch":5,"stores":[{"store":"git","patience":700}]}"#
        let plan = try JSONDecoder().decode(LedgerPlan.self, from: Data(text.utf8))
        #expect(plan.stores == [StorePlan(.git, patience: 700)])
        #expect(plan.stores.first?.addresses == ["https://pi2:8444/git/lab.git"])
        #expect(plan.first == 1)
        #expect(plan.authority == "/safe/ca.pem")
        #expect(try JSONDecoder().decode(LedgerPlan.self, from: plan.encoded()) == plan)
    }
}
