import DrillKit
import DrillTesting
import Testing

/// Vault is sealed: what was encrypted stays so until people with shares come.
///
/// Breaks: one or all nodes of Vault stop answering, because somebody sealed them, their process ended or their machine
/// was restarted: `vault operator seal` on the active node, its process restarted, all three processes killed, the app's
/// machine rebooted. The runbook: finds the sealed nodes, has each unsealed with three shares, sees leader and peers,
/// reads a secret back, gives the app its way into Vault where it lost it. Fails: when a node stays sealed, when a voter
/// is missing, when the app does not work, when an acknowledged secret is gone, or when any step of the section does.
@Suite(.lab())
struct VaultSeal {
    @Test("Vault is sealed", arguments: Experiment.vaultSeal.asked)
    func vaultIsSealed(_ one: ExperimentCase) async throws {
        try await drill("VaultSeal", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
