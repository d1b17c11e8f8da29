import Boundary
import Machines

/// The replicated volume: a copy of every file on each machine's disk.
public struct Volume: Sendable {
    private let sandbox: Sandbox
    /// Its name.
    static let name = "shared"

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until every replica is connected and nothing is left to heal, as a machine's own tool tells.
    ///
    /// - Returns: What it said, in a line.
    func becomesWhole(within deadline: Duration) async throws -> String {
        let machine = try sandbox.machine(sandbox.plan.machines[0].name)
        let replicas = sandbox.plan.machines.count
        return try await eventually(
            "the volume is whole on \(replicas) machines", within: deadline, every: .seconds(1)
        ) {
            let info = try await machine.run(
                ["gluster", "volume", "heal", Self.name, "info"], input: nil, deadline: .seconds(60))
            let lines = info.stdout.split(separator: "\n")
            let connected = lines.count { $0.hasPrefix("Status: Connected") }
            let waiting = lines.filter { $0.hasPrefix("Number of entries:") }
            guard info.exit == 0, connected == replicas, waiting.count == replicas,
                waiting.allSatisfy({ $0.hasSuffix(": 0") })
            else {
                throw NotYet(
                    "\(connected) of \(replicas) connected; \(waiting.joined(separator: ", ")) \(info.stderr)"
                )
            }
            return "\(connected) replicas connected, nothing to heal"
        }
    }
}
