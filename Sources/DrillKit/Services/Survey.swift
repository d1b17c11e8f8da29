/// What the nodes of Vault say at one moment, each asked for itself.
public struct Survey: Sendable, CustomStringConvertible {
    /// One node's answer.
    public enum Node: Sendable, Equatable {
        /// It answers and is sealed.
        case sealed
        /// It answers and is unsealed; the leader as it knows it, if it knows one.
        case unsealed(leader: String?)
        /// It does not answer; why.
        case silent(String)

        init(asking node: VaultNode) async {
            do {
                if try await node.sealStatus().sealed {
                    self = .sealed
                } else {
                    let leader = try await node.leader()
                    self = .unsealed(
                        leader: leader.isSelf ? node.name : leader.leaderAddress.flatMap(Self.machine(in:)))
                }
            } catch {
                self = .silent("\(error)")
            }
        }

        /// `https://pi2:8200` names pi2.
        private static func machine(in address: String) -> String? {
            address.split(separator: "/").last?.split(separator: ":").first.map(String.init)
        }
    }

    /// The answers by node.
    public let nodes: [String: Node]

    /// The nodes that answer sealed, sorted.
    public var sealed: [String] { nodes.filter { $0.value == .sealed }.keys.sorted() }

    /// The nodes that do not answer, sorted.
    public var silent: [String] {
        nodes.filter { if case .silent = $0.value { true } else { false } }.keys.sorted()
    }

    /// The leader that all unsealed nodes agree on; nil while there is none.
    public var leader: String? {
        let named = nodes.values.compactMap { node -> String?? in
            if case .unsealed(let leader) = node { .some(leader) } else { nil }
        }
        guard let first = named.first, let first, named.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// Whether a node does not answer and the others agree that another one leads.
    func lacks(_ machine: String) -> Bool {
        guard let leader else { return false }
        return silent.contains(machine) && leader != machine
    }

    /// All answers in one line, by node.
    public var description: String {
        nodes.sorted { $0.key < $1.key }.map { name, node in
            switch node {
            case .sealed: "\(name) sealed"
            case .unsealed(let leader): "\(name) unsealed, sees \(leader ?? "no") leader"
            case .silent(let why): "\(name) silent (\(why))"
            }
        }.joined(separator: "; ")
    }
}
