import DrillKit
import DrillTesting
import Testing

/// Vault is sealed: what was encrypted stays so until people with shares come.
///
/// Breaks: one or all nodes of Vault stop answering, because somebody sealed them or their process ended.
/// The runbook: finds the sealed nodes, has each unsealed with three shares, sees leader and peers, reads a
/// secret back. Fails: when a node stays sealed, when a voter is missing, when an acknowledged secret is gone,
/// or when any step of the section does.
@Suite(.lab())
struct VaultSeal {
    /// How Vault came to be sealed.
    enum Cause: String, CaseIterable, CustomTestStringConvertible {
        case command = "operator seal on the active node"
        case restart = "active node's process restarted"
        case kill = "all three processes killed"

        var testDescription: String { rawValue }

        func fault(leader: String) -> any Fault {
            switch self {
            case .command: VaultSealCommand(on: leader)
            case .restart: VaultRestart(on: leader)
            case .kill: VaultKill(on: ["pi1", "pi2", "pi3"])
            }
        }
    }

    @Test("Vault is sealed", arguments: Cause.allCases)
    func vaultIsSealed(_ cause: Cause) async throws {
        try await drill("VaultSeal", case: cause.rawValue) { drill in
            try await drill.steadyState(leader: "pi1")
            try await drill.inject(cause.fault(leader: "pi1"))
            try await drill.confirm()
            try await drill.followSection()
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
