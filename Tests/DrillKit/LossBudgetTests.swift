import Evidence
import Runbooks
import Testing

@testable import DrillKit

/// The map's word on how much may be lost, held against what was.
struct LossBudgetTests {
    private func ledger(lost: Int?, points: [String: Double] = [:]) -> Verdict.Ledger {
        var ledger = Verdict.Ledger(acknowledged: 100, lost: lost)
        ledger.recoveryPointSeconds = points
        return ledger
    }

    @Test func noWriteMeansNone() throws {
        let none = try #require(LossBudget("0 writes"))
        #expect(none.excess(of: ledger(lost: 0)) == nil)
        #expect(none.excess(of: ledger(lost: nil)) == nil)
        #expect(none.excess(of: ledger(lost: 1)) == "1 acknowledged writes are gone, the map allows 0 writes")
    }

    /// What the backups concede may be more than the company can bear.
    @Test func theSecondsOfEachStoreAreHeldAgainstIt() throws {
        let minute = try #require(LossBudget("1 min"))
        #expect(minute.excess(of: ledger(lost: 9, points: ["git": 60, "postgres": 12])) == nil)
        let excess = try #require(minute.excess(of: ledger(lost: 9, points: ["git": 61.5, "postgres": 12])))
        #expect(excess == "writes are gone, git the last 1 min 02 s, the map allows 1 min")
    }
}
