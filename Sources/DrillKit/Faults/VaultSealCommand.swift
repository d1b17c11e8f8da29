import Boundary
import Ledger
import Machines

/// `vault operator seal` given on the active node, as somebody with a root token does in an emergency.
///
/// The command seals the node it is given on; the others elect a new leader.
struct VaultSealCommand: Fault {
    let kind = "vault operator seal"
    let vantage = vaultVantage
    let target: String
    /// Two nodes are a majority: they elect another leader.
    let bystanders: Set<StoreKind> = [.vault]

    init(on machine: String) { target = machine }

    /// Gives the command from the operator's side of the segment; the token goes by standard input.
    ///
    /// A server that seals itself in the middle of its clients' writes may never answer the command (seen
    /// with OpenBao 2.7.2 on a busy host), or end the connection before it does. Only a server's refusal, which has a code, is a
    /// failure: ``confirm(in:)`` sees what the command did.
    func inject(into lab: Lab) async throws {
        let script = """
            read -r VAULT_TOKEN; export VAULT_TOKEN
            exec vault operator seal -address=https://\(target):8200
            """
        do {
            let sealed = try await lab.sandbox.namespace.run(
                ["sh", "-c", script], environment: Lab.authority,
                input: Array((lab.vault.safe.rootToken + "\n").utf8), deadline: .seconds(5))
            guard sealed.succeeded || !sealed.errorText.contains("Code: ") else {
                throw DrillError("vault operator seal on \(target) failed", lastSeen: sealed.lastWords)
            }
        } catch BoundaryError.deadline {
            return
        }
    }

    /// Sees the node answer sealed; or answer nobody while another one leads, which is how a server looks that
    /// hangs in the middle of sealing itself (seen once in 25 runs, still so after 90 s).
    func confirm(in lab: Lab) async throws -> Confirmation {
        let target = target
        return try await confirmSurvey("\(target) is sealed", in: lab) { survey in
            survey.sealed.contains(target) || survey.lacks(target)
        }
    }
}
