import Evidence
import Ledger

extension Verdict {
    /// Adds what was left of one store's writes.
    mutating func take(_ account: LedgerAccount) {
        ledger.take(account)
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

extension JournalEntry.ReadBack {
    init(_ account: LedgerAccount) {
        let judgement = account.judgement
        self.init(
            store: account.store, acknowledged: judgement.acknowledged, refused: judgement.refused,
            unknown: judgement.unknown, lost: judgement.lost)
    }
}
