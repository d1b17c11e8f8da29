import DrillKit
import DrillTesting
import Testing

/// A machine is down: the power of one of three is gone, and two go on without it.
///
/// Breaks: one machine ends in the middle of its clients' writes, once as Vault's leader and once not; what its
/// disk had not been told to keep is gone. The runbook: finds which machine it is, has it switched on, and makes
/// its services whole again. Fails: when the machine stays out of the cluster, when a node of Vault stays sealed,
/// when an acknowledged write is gone, or when any step of the section does.
@Suite(.lab())
struct NodeKill {
    /// Which machine ends, and whether it led.
    struct Case: CustomTestStringConvertible, Sendable {
        let machine: String
        let leads: Bool

        var testDescription: String { "\(machine), \(leads ? "Vault's leader" : "not leading")" }

        /// The machine that leads before the fault.
        var leader: String { leads ? machine : machine == "pi1" ? "pi3" : "pi1" }

        static let all = ["pi1", "pi2", "pi3"].flatMap { machine in
            [true, false].map { Case(machine: machine, leads: $0) }
        }
    }

    @Test("A machine is down", arguments: Case.all)
    func aMachineIsDown(_ one: Case) async throws {
        try await drill("NodeKill", case: one.testDescription) { drill in
            try await drill.steadyState(leader: one.leader)
            try await drill.inject(DrillKit.NodeKill(one.machine))
            try await drill.confirm()
            try await drill.followSection()
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
