import Foundation
import Testing

@testable import Evidence

@Suite struct JournalTests {
    /// One entry of each kind.
    static let entries: [JournalEntry] = [
        .steady(.init(seen: ["pi1 vault": "unsealed, leader"], seconds: 1.5)),
        .inject(.init(fault: "vault operator seal", target: "pi2", detail: "PUT /v1/sys/seal")),
        .confirmed(.init(fault: "vault operator seal", target: "pi2", vantage: "client", seen: "503 sealed")),
        .stepStarted(.init(line: 52, role: .agent, command: "vault status")),
        .stepFinished(
            .init(
                line: 52, role: .agent, command: "vault status", stdout: "Sealed true\n", stderr: "", exit: 2,
                seconds: 0.4)),
        .stepFinished(
            .init(
                line: 58, role: .agent, command: "sleep 1000", stdout: "", stderr: "", exit: nil, seconds: 60,
                truncated: true)),
        .humanAnswered(.init(line: 60, prompt: "Unseal Key (will be hidden):", gave: "share-1")),
        .followed(.init(steps: 3)),
        .whole(.init(seen: ["peers": "3"], seconds: 3)),
        .ledger(.init(store: "vault", acknowledged: 120, refused: 4, unknown: 1, lost: [7])),
        .note(.init("leader forced", fields: ["leader": "pi2"])),
        .verdict(.init(result: .failed, reason: "CLUSTER_RECOVERY.md:52 exited 1")),
    ]

    @Test func `reads back every kind of entry`() async throws {
        #expect(Set(Self.entries.map(\.kind)) == Set(JournalEntry.Kind.allCases))
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let journal = try Journal(creating: url, redactor: .none)
            let events = try Self.entries.map { try journal.record($0) }
            let contents = try Journal.read(url)
            #expect(contents.events == events)
            #expect(contents.events.map(\.entry) == Self.entries)
            #expect(contents.tornTail == nil)
        }
    }

    @Test func `is on the file as soon as it is recorded, one line each`() async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let journal = try Journal(creating: url, redactor: .none)
            try journal.record(.note(.init("two\nlines")))
            let line = try text(of: url)
            #expect(line.hasSuffix("}\n") && line.count { $0 == "\n" } == 1)
            #expect(line.contains(#""kind":"note","n":1,"#) && line.contains(#""text":"two\nlines""#))
        }
    }

    @Test func `keeps the lines of many writers whole and in order`() async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let journal = try Journal(creating: url, redactor: .none)
            try await withThrowingTaskGroup { group in
                for writer in 0..<20 {
                    group.addTask {
                        for number in 1...50 {
                            let long = String(repeating: "x", count: writer * 1_000)
                            try journal.record(
                                .note(
                                    .init("writer-\(writer)", fields: ["number": "\(number)", "long": long])))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let events = try Journal.read(url).events
            #expect(events.count == 1_000)
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.at <= $1.at })
            for writer in 0..<20 {
                let numbers = events.compactMap { event -> Int? in
                    guard case .note(let note) = event.entry, note.text == "writer-\(writer)" else {
                        return nil
                    }
                    return note.fields["number"].flatMap { Int($0) }
                }
                #expect(numbers == Array(1...50))
            }
        }
    }

    @Test func `lets no secret through, wherever it stands`() async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let journal = try Journal(
                creating: url, redactor: try Redactor(["share-1": "abcd\"1234", "token": "hvs.the-token"]))
            let leak = #"{"key":"abcd\"1234"} hvs.the-token abcd"1234"#
            try journal.record(
                .stepFinished(
                    .init(
                        line: 1, role: .agent, command: leak, stdout: leak, stderr: leak, exit: 0, seconds: 1)
                ))
            try journal.record(.note(.init(leak, fields: [leak: leak])))
            try journal.record(.humanAnswered(.init(line: 1, prompt: leak, gave: leak)))
            let written = try text(of: url)
            #expect(!written.contains("1234") && !written.contains("the-token"))
            #expect(written.contains("[redacted:share-1]") && written.contains("[redacted:token]"))
            #expect(try Journal.read(url).events.count == 3)
        }
    }

    @Test func `refuses to continue someone else's file`() async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let first = try Journal(creating: url, redactor: .none)
            #expect(throws: EvidenceError.self) { try Journal(creating: url, redactor: .none) }
            try first.record(.note(.init("still mine")))
            #expect(try Journal.read(url).events.count == 1)
        }
    }

    #if os(Linux)
        @Test func `says that the disk is full, where, and what helps`() async throws {
            let descriptor = try #require(Optional(open("/dev/full", O_WRONLY)).flatMap { $0 < 0 ? nil : $0 })
            let journal = Journal(
                descriptor: descriptor, url: URL(filePath: "/x/journal.jsonl"), redactor: .none)
            let error = #expect(throws: EvidenceError.self) { try journal.record(.note(.init("lost"))) }
            #expect(
                error?.description
                    == "cannot write to the journal /x/journal.jsonl: No space left on device; "
                    + "free some space there, or set DRILL_EVIDENCE to another folder")
        }
    #endif
}
