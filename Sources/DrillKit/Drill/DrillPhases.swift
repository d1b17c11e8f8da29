public import Evidence
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
        for event in try Journal.read(journal).events {
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

    /// The newest phases of each case that reached its ledger, by drill and by the case's folder.
    ///
    /// - Throws: `EvidenceError` when a journal cannot be read.
    public static func newest(in store: EvidenceStore) throws -> [String: [String: DrillPhases]] {
        var newest: [String: [String: DrillPhases]] = [:]
        for run in try store.runs() {
            let files = FileManager.default.enumerator(
                at: try store.runFolder(run), includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                guard file.lastPathComponent == CaseFiles.journal, let phases = try DrillPhases(journal: file)
                else { continue }
                let one = file.deletingLastPathComponent()
                let drill = one.deletingLastPathComponent().lastPathComponent
                newest[drill, default: [:]][one.lastPathComponent] = phases
            }
        }
        return newest
    }
}
