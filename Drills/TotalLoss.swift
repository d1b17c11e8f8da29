import DrillKit
import DrillTesting
import Testing

/// Everything is lost: all three machines with their disks, and the backups that were on them.
///
/// Breaks: every machine ends in the middle of its clients' writes, and nothing that was on any disk comes back. The
/// runbook: has the off-site disk fetched and blank machines put in place, puts pi3's backups back, configures all of them
/// by the plays, and brings back Vault by its snapshot and the holders' shares, the database, the repositories and the
/// volume. Fails: when anything is not whole again, when an acknowledged write is gone beyond what the schedule of the
/// off-site copies promises, when no new copy comes to the off-site box, or when any step of the section does.
@Suite(.lab())
struct TotalLoss {
    @Test("Everything is lost", arguments: Experiment.totalLoss.asked)
    func everythingIsLost(_ one: ExperimentCase) async throws {
        try await drill("TotalLoss", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
