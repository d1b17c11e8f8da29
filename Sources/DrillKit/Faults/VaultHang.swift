import Machines

/// Vault's process on one machine hangs: it holds its connections and answers none.
public struct VaultHang: Fault {
    /// SIGSTOP to the server's process.
    public let kind = "vault hangs"
    /// The nodes' own word.
    public let vantage = vaultVantage
    /// The machine.
    public let target: String

    /// Makes the server on `machine` hang.
    public init(on machine: String) { target = machine }

    /// Stops the process by the machine's agent; nothing lets it go on but its end.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["systemctl", "kill", "--signal=STOP", "openbao.service"], failing: "Vault could not be stopped")
    }

    /// Sees the node silent and another one lead.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        try await confirmHung(target, in: lab)
    }
}
