import Foundation
import Ledger
import Testing

/// What goes wrong before the first write is said in the journal, as a line of it.
@Suite struct UsageTests {
    @Test func whatIsMissingIsANote() async throws {
        let stores = try Case([StorePlan(.app, addresses: ["http://127.0.0.1:9"])])
        defer { stores.remove() }
        try stores.write(#"{"vault": {"token": "s3cret"}}"#, to: "ledger.json")
        let client = try stores.start("write")
        #expect(await client.exit() == 78)
        #expect(try stores.journal.notes == ["\(stores.folder)/ledger.json has nothing for app"])
        try stores.write(#"{"vault": {"token": 7, "s3cret"}}"#, to: "ledger.json")
        #expect(await (try stores.start("read")).exit() == 78)
        #expect(try stores.journal.notes.count == 2)
        #expect(try !String(contentsOfFile: stores.journalPath, encoding: .utf8).contains("s3cret"))
    }

    @Test func aWrongModeIsUsage() async throws {
        let stores = try Case()
        defer { stores.remove() }
        #expect(await (try stores.start("fling")).exit() == 64)
        #expect(try stores.journal.notes == ["usage: ledger-client write|read --plan FILE"])
    }

    @Test func everyWriteIsJournalledBeforeItIsSentAndSecretsNever() async throws {
        let stores = try Case([StorePlan(.vault, addresses: ["http://127.0.0.1:9"], interval: 20)])
        defer { stores.remove() }
        try await stores.write { $0.writes.count >= 3 }
        let text = try String(contentsOfFile: stores.journalPath, encoding: .utf8)
        let events = try text.split(separator: "\n").map {
            try JSONDecoder().decode(LedgerLine.self, from: Data($0.utf8)).event
        }
        #expect(events.starts(with: [.began, .sent, .refused, .sent, .refused]))
        #expect(events.last == .refused, "the write in hand is finished")
        #expect(!text.contains("v-token"))
    }
}
