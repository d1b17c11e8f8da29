import Boundary
import Ledger
import Machines

/// A machine loses its power and is given up: somebody takes it out of Vault's cluster.
///
/// Then it comes on again after all, as it was, and its disk knows nothing of that.
struct NodeDeclaredDead: Fault {
    let kind = "node declared dead"
    let target: String

    init(_ machine: String) { target = machine }

    var vantage: String { Lab.peersVantage + ", and the raft configuration as the other nodes have it" }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Kills the machine; its peers elect a leader if they have to, and take it out of their number.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).cutPower()
        let (vault, target) = (lab.vault, target)
        try await eventually("Vault is rid of \(target)", within: .seconds(90), every: .guestPace) {
            let survey = await vault.survey()
            guard survey.lacks(target), let leader = survey.leader else {
                throw NotYet(survey.description)
            }
            try await vault.node(leader).removePeer(target, token: vault.safe.rootToken)
        }
    }

    /// Sees that no peer reaches the machine, and that both other nodes of Vault have two voters and not three.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await lab.noPeerReaches(target)
        let (vault, target) = (lab.vault, target)
        let left = try await eventually(
            "both others count two nodes", within: .seconds(30), every: .guestPace
        ) {
            var lists: [String] = []
            for node in vault.nodes where node.name != target {
                let peers = try await node.peers(token: vault.safe.operatorToken).map(\.node).sorted()
                guard peers.count == 2, !peers.contains(target) else {
                    throw NotYet("\(node.name) counts \(peers)")
                }
                lists.append("\(node.name) counts \(peers.joined(separator: " and "))")
            }
            return lists.joined(separator: "; ")
        }
        return Confirmation(vantage: vantage, seen: "\(silent); \(left)")
    }
}
