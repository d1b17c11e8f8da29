import Foundation
import Testing

@testable import Evidence

@Suite struct JournalReaderTests {
    /// Calls `body` with the file and the lines of a journal of five notes.
    private func withJournal(_ body: (URL, [String]) throws -> Void) async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            let journal = try Journal(creating: url, redactor: .none)
            for number in 1...5 { try journal.record(.note(.init("note \(number)"))) }
            try body(url, try text(of: url).split(separator: "\n").map(String.init))
        }
    }

    @Test func `tolerates a last line cut off anywhere, and reports it`() async throws {
        try await withJournal { url, lines in
            let whole = lines.dropLast().joined(separator: "\n") + "\n"
            for length in 1...lines[4].count {
                let tail = String(lines[4].prefix(length))
                try Data((whole + tail).utf8).write(to: url)
                let contents = try Journal.read(url)
                #expect(contents.events.count == 4)
                #expect(contents.tornTail == tail)
            }
        }
    }

    @Test func `refuses a torn line in the middle, with its number`() async throws {
        try await withJournal { url, lines in
            var torn = lines
            torn[2] = String(torn[2].dropLast(5))
            try Data((torn.joined(separator: "\n") + "\n").utf8).write(to: url)
            let error = #expect(throws: EvidenceError.self) { try Journal.read(url) }
            #expect(error?.code == .tornJournal)
            #expect(error?.description == "\(url.path):3: it is not whole JSON")
        }
    }

    @Test func `refuses removed, repeated and swapped lines`() async throws {
        try await withJournal { url, lines in
            let edits: [[String]] = [
                [0, 1, 3, 4].map { lines[$0] }, [0, 1, 1, 2, 3, 4].map { lines[$0] },
                [0, 2, 1, 3, 4].map { lines[$0] },
            ]
            for (edited, place) in zip(edits, [3, 3, 2]) {
                try Data((edited.joined(separator: "\n") + "\n").utf8).write(to: url)
                let error = #expect(throws: EvidenceError.self) { try Journal.read(url) }
                #expect(error?.description.hasPrefix("\(url.path):\(place): ") == true)
            }
        }
    }

    @Test func `names the kind and the field that it does not know`() async throws {
        try await withJournal { url, lines in
            let line = lines[0].replacing(#""kind":"note""#, with: #""kind":"rumour""#)
            try Data((line + "\n").utf8).write(to: url)
            let rumour = #expect(throws: EvidenceError.self) { try Journal.read(url) }
            #expect(rumour?.description.contains("'kind'") == true)
            #expect(rumour?.description.contains("rumour") == true)
            try Data((lines[0].replacing(#""text""#, with: #""txt""#) + "\n").utf8).write(to: url)
            let missing = #expect(throws: EvidenceError.self) { try Journal.read(url) }
            #expect(missing?.description == "\(url.path):1: 'text' is missing")
        }
    }

    @Test func `reads an empty journal, and says when there is none`() async throws {
        try await withScratch { folder in
            let url = folder.appending(path: "journal.jsonl")
            #expect(throws: EvidenceError.self) { try Journal.read(url) }
            try Data().write(to: url)
            #expect(try Journal.read(url) == JournalContents(events: [], tornTail: nil))
        }
    }
}
