import Evidence
public import Foundation

/// Where the seconds of one case went, read from its journal.
public struct DrillPhases: Sendable, Equatable {
    /// Seconds until the lab was known to be healthy and the writer was acknowledged.
    public let steady: Double
    /// Seconds from the injection until another vantage saw the fault.
    public let confirm: Double
    /// Seconds of the section's steps.
    public let section: Double
    /// Seconds from the last step until everything was whole again.
    public let settle: Double
    /// Seconds of reading every write back.
    public let ledger: Double

    /// All phases together; the restore before them is not in it.
    public var total: Double { steady + confirm + section + settle + ledger }

    /// Reads the journal of a case; nil where the case did not come to its ledger.
    ///
    /// - Throws: `EvidenceError` when the journal cannot be read.
    public init?(journal: URL) throws {
        var moments: [JournalEntry.Kind: Double] = [:]
        for event in try Journal.read(journal).events where event.entry.kind != .write {
            // A fault that strikes again belongs to the recovery from the first one.
            if [.inject, .confirmed].contains(event.entry.kind), moments[event.entry.kind] != nil {
                continue
            }
            moments[event.entry.kind] = event.at
        }
        guard let injected = moments[.inject], let confirmed = moments[.confirmed],
            let stepped = moments[.stepFinished], let whole = moments[.whole], let read = moments[.ledger]
        else { return nil }
        steady = injected
        confirm = confirmed - injected
        section = stepped - confirmed
        settle = whole - stepped
        ledger = read - whole
    }

    /// A Markdown table of the cases of a run; nil where no case came to its end.
    public static func table(run folder: URL) throws -> String? {
        var rows: [String] = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.lastPathComponent == "journal.jsonl", let phases = try DrillPhases(journal: file)
            else {
                continue
            }
            let seconds = [
                phases.steady, phases.confirm, phases.section, phases.settle, phases.ledger, phases.total,
            ].map { String(format: "%.1f s", $0) }.joined(separator: " | ")
            rows.append("| \(file.deletingLastPathComponent().lastPathComponent) | \(seconds) |")
        }
        guard !rows.isEmpty else { return nil }
        let header =
            "| case | steady | confirm | section | settle | ledger | all |\n|---|---|---|---|---|---|---|"
        return ([header] + rows.sorted()).joined(separator: "\n")
    }
}
