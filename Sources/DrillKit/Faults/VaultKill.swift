import Machines

/// Vault's processes on several machines are killed at once; systemd starts them again, sealed.
public struct VaultKill: Fault {
    /// SIGKILL to the server's process.
    public let kind = "vault killed"
    /// The nodes' own word.
    public let vantage = vaultVantage
    private let machines: [String]

    /// Kills the servers on `machines`.
    public init(on machines: [String]) { self.machines = machines }

    /// The machines, joined.
    public var target: String { machines.joined(separator: ", ") }

    /// Kills by the machines' agents, side by side.
    public func inject(into lab: Lab) async throws {
        try await lab.everyMachine(machines) {
            try await $0.mustRun(
                ["systemctl", "kill", "--signal=KILL", "openbao.service"],
                failing: "Vault could not be killed")
        }
    }

    /// Sees every one of the nodes answer sealed.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        try await confirmSealed(machines, in: lab)
    }
}
