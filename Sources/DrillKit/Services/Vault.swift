import Boundary
public import Machines

/// The lab's Vault: a server on each machine, raft between them, sealed after every start.
public struct Vault: Sendable {
    /// The nodes by machine, in the plan's order.
    public let nodes: [VaultNode]
    /// The sandbox's secrets.
    public let safe: Safe

    /// The Vault of a sandbox.
    ///
    /// - Throws: ``DrillError`` when the safe is incomplete.
    public init(in sandbox: Sandbox) throws {
        safe = try Safe(folder: sandbox.safe)
        nodes = try sandbox.plan.machines.map { machine in
            try VaultNode(
                name: machine.name, socket: sandbox.socket(of: machine.name, port: 8200),
                authority: "\(sandbox.safe)/ca.pem")
        }
    }

    /// A node by its machine's name.
    ///
    /// - Throws: ``DrillError`` when there is none.
    public func node(_ name: String) throws -> VaultNode {
        guard let node = nodes.first(where: { $0.name == name }) else {
            throw DrillError("no Vault node is called \(name)", lastSeen: "\(nodes.map(\.name))")
        }
        return node
    }

    /// What all nodes say at one moment.
    public func survey() async -> Survey {
        await withTaskGroup(of: (String, Survey.Node).self) { group in
            for node in nodes {
                group.addTask { (node.name, await Survey.Node(asking: node)) }
            }
            return Survey(nodes: await group.reduce(into: [:]) { $0[$1.0] = $1.1 })
        }
    }

    /// Waits until the cluster is whole: every node unsealed, one leader known to all, every node a voter that keeps up with
    /// it.
    @discardableResult
    public func becomesWhole(within deadline: Duration) async throws -> Survey {
        try await eventually("Vault is whole on \(nodes.map(\.name))", within: deadline, every: .guestPace) {
            let survey = await survey()
            guard let leader = survey.leader, survey.sealed.isEmpty, survey.silent.isEmpty else {
                throw NotYet(survey.description)
            }
            let peers = try await node(leader).peers(token: safe.operatorToken)
            guard peers.count(where: \.voter) == nodes.count else {
                throw NotYet("voters: \(peers.filter(\.voter).map(\.node)) of \(nodes.map(\.name))")
            }
            guard try await node(leader).isHealthy(token: safe.operatorToken) else {
                throw NotYet("not every voter keeps up with \(leader)")
            }
            return survey
        }
    }

    /// Unseals every sealed node with three shares, all nodes side by side: what a profile does after a boot.
    ///
    /// A drill never calls this: there the runbook unseals.
    public func unsealAll(within deadline: Duration) async throws {
        try await withThrowingTaskGroup { group in
            for node in nodes {
                group.addTask {
                    try await eventually("Vault on \(node.name) answers", within: deadline, every: .guestPace)
                    {
                        try await node.sealStatus()
                    }
                    for share in safe.shares.prefix(3) {
                        guard try await node.unseal(share: share).sealed else { return }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Waits until the cluster is whole and led by `leader`, who is made its active node if need be.
    ///
    /// Who follows a leader that steps down is a toss-up, and on a busy host each toss takes 10 to 15 s.
    @discardableResult
    func becomesWhole(ledBy leader: String) async throws -> Survey {
        try await eventually("\(leader) leads a whole Vault", within: .seconds(240), every: .guestPace) {
            try await makeLeader(leader, within: .seconds(180))
            let survey = try await becomesWhole(within: .seconds(60))
            guard survey.leader == leader else { throw NotYet(survey.description) }
            return survey
        }
    }

    /// Makes `leader` the active node, by asking others to step down, a bounded number of times.
    public func makeLeader(_ leader: String, within deadline: Duration) async throws {
        try await eventually("\(leader) leads", within: deadline, every: .guestPace) {
            let survey = await survey()
            guard let present = survey.leader else { throw NotYet(survey.description) }
            if present == leader { return }
            try await node(present).stepDown(token: safe.rootToken)
            throw NotYet("\(present) led and was asked to step down")
        }
    }
}
