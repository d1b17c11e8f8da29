import Foundation
import Ledger

/// A verdict held against the case's own journals, judged again.
struct CaseJudgement {
    private let verdict: Verdict
    private(set) var complaints: [String] = []

    /// Judges a case from its files.
    ///
    /// - Parameters:
    ///   - journal: the content of `journal.jsonl`.
    ///   - ledger: the content of `ledger.jsonl`; nil where there is none.
    ///   - path: the case's folder, for messages.
    init(_ verdict: Verdict, journal: Data, ledger: Data?, path: String) {
        self.verdict = verdict
        do {
            let events = try Journal.read(journal, path: "\(path)/\(CaseFiles.journal)").events
            judge(events)
            try judge(ledger, events)
        } catch {
            complaints.append("\(error)")
        }
    }

    private mutating func judge(_ events: [JournalEvent]) {
        guard case .verdict(let said)? = events.last?.entry, said.result == verdict.result else {
            return complaints.append("its journal does not end in this verdict")
        }
        guard verdict.result == .passed else { return }
        let moments = CaseMoments(events)
        guard let injected = moments.injected, let confirmed = moments.confirmed, let whole = moments.whole,
            injected <= confirmed, confirmed <= whole, verdict.fault?.confirmed == true
        else {
            return complaints.append(
                "it passed, and its journal does not tell of a fault, its confirmation and a lab that is whole again"
            )
        }
        let recovery = verdict.recoverySeconds ?? 0
        if recovery + 0.001 < whole - injected {
            complaints.append("its journal tells of a longer recovery than the verdict")
        }
        if let budget = verdict.budgetSeconds, recovery > budget {
            complaints.append("it passed, and took longer than its budget")
        }
    }

    private mutating func judge(_ ledger: Data?, _ events: [JournalEvent]) throws {
        // Until the ledger was read back a verdict counts nothing, and it cannot have passed.
        guard verdict.result == .passed || verdict.ledger.lost != nil else { return }
        guard let ledger else { return complaints.append("it has no \(CaseFiles.ledger) to judge") }
        let moments = CaseMoments(events)
        let accounts = try LedgerJournal(parsing: ledger).accounts(
            since: moments.injected ?? 0,
            conceding: verdict.ledger.concessions(from: moments.injected, until: moments.confirmed))
        var again = Verdict.Ledger(lost: 0)
        again.concededSeconds = verdict.ledger.concededSeconds
        for account in accounts { again.take(account) }
        // Verdicts from before say how many, and not which.
        if verdict.ledger.lostWrites == nil { again.lostWrites = nil }
        // Verdicts from before count what was lost after the fault as less than nothing.
        var said = verdict.ledger
        said.recoveryPointSeconds = said.recoveryPointSeconds.mapValues { max(0, $0) }
        let outages = Dictionary(uniqueKeysWithValues: accounts.map { ($0.store, $0.outage) })
        if again != said || outages != verdict.outageSeconds {
            complaints.append("its ledger, judged again, tells of other writes than the verdict")
        }
        guard verdict.result == .passed else { return }
        if accounts.isEmpty { complaints.append("it passed, and its ledger names no store") }
        for account in accounts where account.judgement.isSound != true {
            complaints.append("it passed, and its ledger is not sound: \(account.complaint ?? account.store)")
        }
    }
}

/// The moments of a case by which its ledger is judged, in seconds since its journal began.
public struct CaseMoments: Sendable, Equatable {
    /// When the fault was injected, the first time where it strikes again.
    public let injected: Double?
    /// When it was first seen from elsewhere.
    public let confirmed: Double?
    /// When everything was whole again.
    public let whole: Double?

    /// Reads them off a journal's events.
    public init(_ events: [JournalEvent]) {
        (injected, confirmed, whole) = (
            events.moment(.inject), events.moment(.confirmed), events.moment(.whole)
        )
    }
}

extension [JournalEvent] {
    /// The second at which a kind of event was first seen.
    package func moment(_ kind: JournalEntry.Kind) -> Double? { first { $0.entry.kind == kind }?.at }
}
