import Ledger
import Machines

/// Vault's process on one machine is restarted, as an update or a reboot does: it comes back sealed.
struct VaultRestart: Fault {
    let kind = "vault restart"
    let vantage = vaultVantage
    let target: String
    /// Two nodes are a majority: they elect another leader.
    let bystanders: Set<StoreKind> = [.vault]

    init(on machine: String) { target = machine }

    /// Asks for the restart by the machine's agent, and does not wait for it: an active node that hands its
    /// lead over can take a while to end, and whether it did is for ``confirm(in:)`` to see.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["systemctl", "--no-block", "restart", "openbao.service"],
            failing: "openbao.service did not restart")
    }

    /// Sees the node answer sealed.
    func confirm(in lab: Lab) async throws -> Confirmation {
        try await confirmSealed([target], in: lab)
    }
}
