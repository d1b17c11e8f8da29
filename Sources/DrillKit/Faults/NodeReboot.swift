import Boundary
import Ledger
import Machines

/// A machine boots again by itself, as after an update.
///
/// Its services come back with it, but not what was in its memory alone: the key to its Vault, and the app's way into
/// Vault.
struct NodeReboot: Fault {
    let kind = "machine rebooted"
    let vantage = vaultVantage + ", and the app's own word"
    let target: String
    /// The other two nodes are a majority: they elect another leader.
    let bystanders: Set<StoreKind> = [.vault]

    init(_ machine: String) { target = machine }

    /// Asks for it by the machine's agent, in good order, a moment later: it is stopped on the way down, and could not tell any
    /// more how it went.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-c", "(sleep 1; exec systemctl --no-block reboot) >/dev/null 2>&1 &"],
            failing: "it did not reboot")
    }

    /// Sees its Vault answer sealed, and the app without its database.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let target = target
        let sealed = try await confirmSurvey("\(target) answers sealed", in: lab, within: .seconds(180)) {
            $0.sealed.contains(target)
        }
        let words = try await lab.app.misses("database", within: .seconds(180))
        return Confirmation(vantage: vantage, seen: "\(sealed.seen); the app's database: \(words)")
    }
}
