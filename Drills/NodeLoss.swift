import DrillKit
import DrillTesting
import Testing

/// A machine is lost for good: one of three is gone with its disk, and a blank one takes its place.
///
/// Breaks: one machine ends in the middle of its clients' writes, and nothing that was on its disk comes back. The
/// runbook: takes it out of Vault's cluster, has a blank machine put in its place, configures it by the plays, joins
/// it to raft and volume, and brings database and repositories back from their backups where they were lost. Fails:
/// when the new machine does not join, when a voter or a replica is missing, when an acknowledged write is gone
/// beyond what the backups of pi2 concede, or when any step of the section does.
@Suite(.lab())
struct NodeLoss {
    @Test("A machine is lost for good", arguments: Experiment.nodeLoss.asked)
    func aMachineIsLostForGood(_ one: ExperimentCase) async throws {
        try await drill("NodeLoss", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
