public import Boundary
import Foundation

/// A lab of machines behind its wall: the namespace, the machines, their safe, and the claim on them.
public final class Sandbox: Sendable {
    /// A short name, unique on this host.
    public let id: String
    /// The sandbox's folder on the host, which nobody inside can see.
    public let folder: String
    /// The part of it that is shared: inside the namespace it is `/sandbox`, and writable (``SharedPath``).
    public var shared: String { site.shared }
    /// The machines' plan.
    public let plan: LabPlan
    /// The namespace in which everything of the sandbox runs.
    public let namespace: Namespace
    /// Its machines by name.
    public let machines: [String: any Machine]
    let site: Site
    /// The host's folder with the operator's tools: `bao` and `vault`; inside the namespace it is `/tools`.
    public let tools: String
    private let claim: Claim
    private let keeps: [CacheEntry]

    init(
        claim: Claim, site: Site, request: SiteRequest, machines: [any Machine]
    ) {
        self.id = claim.lease.id
        self.folder = site.folder
        self.plan = site.plan
        self.namespace = site.namespace
        self.site = site
        self.tools = request.tools
        self.keeps = request.keeps
        self.machines = Dictionary(uniqueKeysWithValues: machines.map { ($0.name, $0) })
        self.claim = claim
        OpenSandboxes.note(id) { await self.close() }
    }

    /// The safe: shares, tokens and keys, for the simulated operator alone (0700, its files 0600).
    public var safe: String { "\(folder)/safe" }

    /// The file for what a process of the sandbox says.
    public func log(_ name: String) -> String { site.log(name) }

    /// A machine by its name.
    ///
    /// - Throws: ``MachineError`` when the plan has no such machine.
    public func machine(_ name: String) throws -> any Machine {
        guard let machine = machines[name] else {
            throw MachineError(
                "no machine is called \(name)",
                lastSeen: "machines: \(machines.keys.sorted().joined(separator: ", "))")
        }
        return machine
    }

    /// The host's path of the Unix socket that leads to a machine's port.
    public func socket(of machine: String, port: Int) -> String {
        "\(shared)/" + Forward(machine: machine, port: port).socket
    }

    /// Sets every machine's clock to the host's, plus an offset: sandbox time is host time.
    func setClocks(offset: Duration) async throws {
        try await withThrowingTaskGroup { group in
            for machine in machines.values {
                group.addTask { try await machine.setClock(offset: offset) }
            }
            try await group.waitForAll()
        }
    }

    /// Runs `body` on the sandbox and ends it afterwards, whatever the outcome.
    public nonisolated(nonsending) func closing<Value>(
        after body: (Sandbox) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body(self)
            await close()
            return value
        } catch {
            await close()
            throw error
        }
    }

    /// Ends the sandbox in every outcome: its processes, its folder, its claim.
    ///
    /// It runs in a task of its own, since the task of a test that exceeded its time is already cancelled.
    public func close() async {
        await Task { [namespace, claim] in await claim.end(namespace) }.value
        OpenSandboxes.remove(id)
    }
}
