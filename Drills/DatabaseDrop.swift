import DrillKit
import DrillTesting
import Testing

/// A database is damaged or gone: somebody, or a disk, took something out of it, and everybody else goes on writing.
///
/// Breaks: a database is dropped; a migration drops a table; the server's folder is deleted; a page has other bytes than
/// were written; and a table is dropped after its log's archive had been broken for a while. The runbook: finds in the
/// log where the damage is, brings up a copy of just before it beside the running server, and copies back only what is
/// missing; restores the whole only where nothing else is left. Fails: when anything that was not damaged lost a write,
/// when what was damaged is not as it was just before, when no fresh backup stands on the new timeline, when a lease and
/// its role do not match, or when a loss that nobody can mend is not reported.
@Suite(.lab())
struct DatabaseDrop {
    @Test("A database is damaged or gone", arguments: Experiment.databaseDrop.asked)
    func aDatabaseIsDamagedOrGone(_ one: ExperimentCase) async throws {
        try await drill("DatabaseDrop", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
