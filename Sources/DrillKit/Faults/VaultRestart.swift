import Machines

/// Vault's process on one machine is restarted, as an update or a reboot does: it comes back sealed.
public struct VaultRestart: Fault {
    /// A restart of the service.
    public let kind = "vault restart"
    /// The nodes' own word.
    public let vantage = vaultVantage
    /// The machine.
    public let target: String

    /// Restarts the server on `machine`.
    public init(on machine: String) { target = machine }

    /// Asks for the restart by the machine's agent, and does not wait for it: an active node that hands its
    /// lead over can take a while to end, and whether it did is for ``confirm(in:)`` to see.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["systemctl", "--no-block", "restart", "openbao.service"],
            failing: "openbao.service did not restart")
    }

    /// Sees the node answer sealed.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        try await confirmSealed([target], in: lab)
    }
}
