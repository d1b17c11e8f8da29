public import Ledger

extension Verdict.Ledger {
    /// For each store whose only copy was destroyed, the seconds of the case whose writes may be gone.
    ///
    /// They begin as long before the injection as its backups concede, and end when the fault was seen from
    /// elsewhere, after which the destroyed machine cannot have acknowledged anything.
    public func concessions(from injected: Double?, until confirmed: Double?) -> [String: ClosedRange<Double>]
    {
        guard let injected, let confirmed, confirmed >= injected else { return [:] }
        // A verdict may be damaged: less than nothing is nothing.
        return concededSeconds.mapValues { injected - max(0, $0)...confirmed }
    }

    /// Adds what was left of one store's writes, once all of them are read back.
    public mutating func take(_ account: LedgerAccount) {
        let judgement = account.judgement
        acknowledged += judgement.acknowledged
        refused += judgement.refused
        unknown += judgement.unknown
        lost = (lost ?? 0) + judgement.lost.count
        conceded += judgement.conceded.count
        recoveryPointSeconds[account.store] = account.recoveryPoint
        if !judgement.lost.isEmpty {
            lostWrites = lostWrites ?? [:]
            lostWrites?[account.store] = LedgerAccount.ranges(judgement.lost)
        }
    }
}
