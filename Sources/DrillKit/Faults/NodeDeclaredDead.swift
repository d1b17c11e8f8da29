import Boundary
public import Ledger
import Machines

/// A machine loses its power and is given up: somebody takes it out of Vault's cluster.
///
/// Then it comes on again after all, as it was, and its disk knows nothing of that.
public struct NodeDeclaredDead: Fault {
    /// The power's end, and the two others' decision.
    public let kind = "node declared dead"
    /// The machine.
    public let target: String
    private let kill: NodeKill

    /// Cuts the power of `machine` and takes it out of the cluster.
    public init(_ machine: String) {
        target = machine
        kill = NodeKill(machine)
    }

    /// The peers' word, and the cluster's own list.
    public var vantage: String { kill.vantage + ", and the raft configuration as the other nodes have it" }

    /// What two machines keep up.
    public var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Kills the machine; its peers elect a leader if they have to, and take it out of their number.
    public func inject(into lab: Lab) async throws {
        try await kill.inject(into: lab)
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
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await kill.confirm(in: lab)
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
        return Confirmation(vantage: vantage, seen: "\(silent.seen); \(left)")
    }
}
