public import Evidence
public import Foundation
import Ledger

/// All that a run kept of one case, read as far as it can be read.
public struct CaseEvidence: Sendable {
    /// The case's folder.
    public let folder: URL
    /// The verdict; unproven, with the reason, where there is none or it cannot be read.
    public let verdict: Verdict
    /// The journal's whole lines.
    let events: [JournalEvent]
    /// The clients' writes, by store.
    let writes: [String: WriteHistory]
    /// What is wrong with the evidence itself, one sentence each.
    let troubles: [String]

    /// Reads a case; what cannot be read is told in ``troubles`` and never makes the case disappear.
    init(_ found: VerdictList.Case) {
        folder = found.folder
        verdict = found.verdict
        var troubles: [String] = []
        var events: [JournalEvent] = []
        var writes: [String: WriteHistory] = [:]
        do {
            let journal = try Journal.read(found.folder.appending(path: CaseFiles.journal))
            events = journal.events
            if journal.tornTail != nil {
                troubles.append("The journal's last line was cut off and is left out.")
            }
        } catch {
            troubles.append("The journal tells nothing: \(error).")
        }
        let ledger = found.folder.appending(path: CaseFiles.ledger)
        if FileManager.default.fileExists(atPath: ledger.path) {
            do {
                let journal = try LedgerJournal(contentsOf: ledger.path)
                writes = journal.stores.mapValues(\.history)
                if journal.isTorn { troubles.append("The ledger's last line was cut off and is left out.") }
            } catch {
                troubles.append("The ledger tells nothing: \(ledger.path): \(error).")
            }
        }
        self.events = events
        self.writes = writes
        self.troubles = troubles
    }

    /// The second at which a kind of event was first seen.
    func moment(_ kind: JournalEntry.Kind) -> Double? { events.moment(kind) }

    /// Minutes that the section declares for a person and nobody waited for, in seconds; nil when not known.
    ///
    /// Recovery is counted from the first injection to the last line `whole`, and these on top.
    var declaredSeconds: Double? {
        guard let recovery = verdict.recoverySeconds, let injected = moment(.inject),
            let whole = events.last(where: { $0.entry.kind == .whole })?.at
        else { return nil }
        return max(0, recovery - (whole - injected))
    }
}
