import DrillKit
import Evidence
import Foundation
import Testing

/// Phases are read from the moments of a journal, and only of a case that came to its end.
@Suite struct DrillPhasesTests {
    private func journal(_ entries: [JournalEntry]) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "phases-\(UUID().uuidString).jsonl")
        let journal = try Journal(creating: file, redactor: .none)
        for entry in entries { try journal.record(entry) }
        return file
    }

    private let untilWhole: [JournalEntry] = [
        .inject(.init(fault: "f", target: "t", detail: "d")),
        .confirmed(.init(fault: "f", target: "t", vantage: "v", seen: "s")),
        .stepFinished(
            .init(line: 1, role: .agent, command: "c", stdout: "", stderr: "", exit: 0, seconds: 0)),
        .whole(.init(seen: [:], seconds: 0)),
    ]

    @Test func aWholeCaseHasAllPhases() throws {
        let file = try journal(
            untilWhole + [.ledger(.init(store: "vault", acknowledged: 1, refused: 0, unknown: 0, lost: []))])
        defer { try? FileManager.default.removeItem(at: file) }
        let phases = try #require(try DrillPhases(journal: file))
        let events = try Journal.read(file).events
        let end = try #require(events.last).at
        #expect(abs(phases.total - end) < 0.01, "the phases are the whole time, without gap or overlap")
    }

    @Test func aCaseThatWasCutOffHasNone() throws {
        let file = try journal(untilWhole)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try DrillPhases(journal: file) == nil)
    }
}
