public import Evidence
import Ledger

extension Verdict {
    /// Adds what was left of one store's writes.
    mutating func take(_ account: LedgerAccount) {
        let judgement = account.judgement
        ledger.acknowledged += judgement.acknowledged
        ledger.refused += judgement.refused
        ledger.unknown += judgement.unknown
        ledger.lost = (ledger.lost ?? 0) + judgement.lost.count
        ledger.conceded += judgement.conceded.count
        ledger.recoveryPointSeconds[account.store] = account.recoveryPoint
        outageSeconds.updateValue(account.outage, forKey: account.store)
    }

    /// What was lost and what could have been, in words; nil when nothing was.
    var concession: String? {
        guard ledger.conceded > 0 else { return nil }
        let stores = ledger.recoveryPointSeconds.sorted { $0.key < $1.key }.map { store, seconds in
            let most = ledger.concededSeconds[store].map { " of \(HumanDuration.text(seconds: $0))" } ?? ""
            return "\(store) the last \(HumanDuration.text(seconds: seconds))\(most)"
        }
        return
            "\(ledger.conceded) writes are gone that the backups concede: \(stores.joined(separator: ", "))"
    }
}

extension Verdict.Ledger {
    /// For each store whose only copy was destroyed, the seconds of the case whose writes may be gone.
    ///
    /// They begin as long before the injection as its backups concede, and end when the fault was seen from
    /// elsewhere, after which the destroyed machine cannot have acknowledged anything.
    public func concessions(from injected: Double?, until confirmed: Double?) -> [String: ClosedRange<Double>]
    {
        guard let injected, let confirmed, confirmed >= injected else { return [:] }
        return concededSeconds.mapValues { injected - $0...confirmed }
    }
}

extension JournalEntry.ReadBack {
    init(_ account: LedgerAccount) {
        let judgement = account.judgement
        self.init(
            store: account.store, acknowledged: judgement.acknowledged, refused: judgement.refused,
            unknown: judgement.unknown, lost: judgement.lost)
    }
}
