import Foundation
import Testing

/// Old ledgers are judged again word for word, by the exit status of the help.
@Suite struct RecheckTests {
    /// The journal of a small case: two writes, the second without an answer, and a reading of `found`.
    static func ledger(_ found: [String], tail: String = "") -> String {
        let lines =
            [
                #"{"at":0.1,"detail":"write","event":"began","prefix":"p"}"#,
                #"{"at":1,"event":"sent","number":1,"store":"app"}"#,
                #"{"at":1.5,"event":"acknowledged","number":1,"store":"app"}"#,
                #"{"at":2,"event":"sent","number":2,"store":"app"}"#,
                #"{"at":5,"detail":"no answer","event":"unknown","number":2,"store":"app"}"#,
                #"{"at":6,"event":"sent","number":3,"store":"app"}"#,
                #"{"at":6.5,"event":"refused","number":3,"store":"app"}"#,
                #"{"at":8,"detail":"read","event":"began","prefix":"p"}"#,
            ] + found + [#"{"at":9,"count":\#(found.count),"event":"read","store":"app"}"#]
        return lines.map { $0 + "\n" }.joined() + tail
    }

    static let first =
        #"{"at":8.5,"content":"\#(content)","event":"found","number":1,"store":"app"}"#
    /// As an independent program computed it.
    static let content =
        "write 1 of app in p: 728d918076666a5c 88bdeebff1cb61a4 30521bd30c5be52b c9bf6927180d74ab "
        + "a15f330000cb0edc 5a1a0fb9f7ae44a3 f7511f451bb113f2 7a446a5a935e0c6d"
    static let third = #"{"at":8.6,"content":"x","event":"found","number":3,"store":"app"}"#

    @Test(arguments: [
        ("sound", ledger([first]), ["--since", "1.2"], Int32(0)),
        ("torn", ledger([first], tail: #"{"at":9.1,"#), [], 0),
        ("lost", ledger([]), [], 1),
        ("invented", ledger([first, third]), [], 1),
        ("malformed", ledger([first], tail: "nonsense\n"), [], 2),
        ("empty", "", [], 2),
    ])
    func recheck(_ name: String, _ text: String, _ options: [String], _ exit: Int32) async throws {
        let program = try Program()
        defer { program.remove() }
        try text.write(toFile: program.scratch + "/ledger.jsonl", atomically: true, encoding: .utf8)
        let ended = try await program.run(["recheck", program.scratch + "/ledger.jsonl"] + options)
        #expect(ended.exit == exit, "\(ended.err)")
        try expectGolden(ended.out + ended.err, "recheck-\(name)")
    }

    @Test func aCasesFolderNamesItsLedgerAndItsInjection() async throws {
        let program = try Program()
        defer { program.remove() }
        try Self.ledger([Self.first]).write(
            toFile: program.scratch + "/ledger.jsonl", atomically: true, encoding: .utf8)
        let injected =
            #"{"at":1.4,"detail":"d","fault":"kill","kind":"inject","n":1,"t":"2026-01-01T00:00:00.000Z","target":"pi1"}"#
        try (injected + "\n").write(
            toFile: program.scratch + "/journal.jsonl", atomically: true, encoding: .utf8)
        let ended = try await program.run(["recheck", program.scratch])
        #expect(ended.exit == 0, "\(ended.err)")
        #expect(ended.out.contains("for good"), "nothing was acknowledged after the last unknown write")
        for name in ["verdict.json", "journal.jsonl"] {
            try "nonsense\n".write(
                toFile: "\(program.scratch)/\(name)", atomically: true, encoding: .utf8)
            let unreadable = try await program.run(["recheck", program.scratch])
            #expect(unreadable.exit == 2 && unreadable.err.contains(name), "\(unreadable)")
        }
        let nothing = try await program.run(["recheck", program.scratch + "/nowhere"])
        #expect(nothing.exit == 2)
        #expect(nothing.err.contains("nowhere cannot be read"))
    }
}
