import Evidence
import Ledger
import Runbooks

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

extension LossBudget {
    /// What a ledger lost beyond this, in words; nil where nothing.
    ///
    /// What a destroyed machine's backups concede stands in the code beside their settings; what the company can bear
    /// stands in the map. Either may be the stricter.
    func excess(of ledger: Verdict.Ledger) -> String? {
        switch measure {
        case .writes(let most):
            guard let lost = ledger.lost, lost > most else { return nil }
            return "\(lost) acknowledged writes are gone, the map allows \(text)"
        case .seconds(let most):
            let beyond = ledger.recoveryPointSeconds.filter { $0.value > most }.sorted { $0.key < $1.key }
            guard !beyond.isEmpty else { return nil }
            let stores = beyond.map { "\($0.key) the last \(HumanDuration.text(seconds: $0.value))" }
            return "writes are gone, \(stores.joined(separator: ", ")), the map allows \(text)"
        }
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
