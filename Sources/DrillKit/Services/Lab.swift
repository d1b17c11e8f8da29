import Ledger
public import Machines

/// A restored sandbox with its services: all that a fault or a drill knows of the lab.
public struct Lab: Sendable {
    /// The machines behind their wall.
    public let sandbox: Sandbox
    /// The lab's Vault.
    public let vault: Vault

    /// Looks at the services of a sandbox.
    ///
    /// - Throws: ``DrillError`` when its safe is incomplete.
    public init(_ sandbox: Sandbox) throws {
        self.sandbox = sandbox
        self.vault = try Vault(in: sandbox)
    }

    /// The front doors that the ledger's clients write through.
    var doors: [StorePlan] { StoreKind.allCases.map { StorePlan($0) } }

    /// The variables that the operator's commands get: where the lab's authority is, and the tools.
    var operatorEnvironment: [String: String] {
        ["VAULT_CACERT": "/safe/ca.pem", "PATH": "/tools:/usr/sbin:/usr/bin:/sbin:/bin"]
    }
}
