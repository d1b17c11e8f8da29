import DrillKit
import DrillTesting
import Testing

/// A machine is down: one of three is gone, and two go on without it.
///
/// Breaks: one machine ends in the middle of its clients' writes, once as Vault's leader and once not, and what its
/// disk had not been told to keep is gone; or it is declared dead before it comes back, or comes back with a clock
/// long past; or it runs on, cut off; or it hangs. The runbook: finds which machine it is, moves the app where it has to,
/// has the machine brought back, and makes its services whole again. Fails: when what two machines can keep up does not
/// take writes before somebody goes to the machines, when the machine stays out of the cluster, when a node of Vault
/// stays sealed, when the app runs in two places, when an acknowledged write is gone, or when any step of the section does.
@Suite(.lab())
struct NodeKill {
    @Test("A machine is down", arguments: Experiment.nodeKill.asked)
    func aMachineIsDown(_ one: ExperimentCase) async throws {
        try await drill("NodeKill", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
