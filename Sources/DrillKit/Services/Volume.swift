import Boundary
import Foundation
import Machines

/// The replicated volume: a copy of every file on each machine's disk.
public struct Volume: Sendable {
    private let sandbox: Sandbox
    /// Its name.
    static let name = "shared"

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Where each machine keeps its replica; that of a machine that replaced another has a date in its name.
    static let brick = "/srv/brick/shared*/uploads"

    /// What each machine's own disk holds of it.
    func replicas() async throws -> Replicas { try await Replicas(of: sandbox) }

    /// Waits until every replica is connected and nothing is left to heal, as a machine's own tool tells; then
    /// until every replica holds what any of them held, as their disks tell.
    ///
    /// The tool's word is not enough: a replica that was wiped behind its back is whole to it.
    ///
    /// - Returns: What was seen, in a line.
    func becomesWhole(within deadline: Duration) async throws -> String {
        let machine = try sandbox.machine(sandbox.plan.machines[0].name)
        let replicas = sandbox.plan.machines.count
        try await eventually(
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
        }
        let files = try await eventually("the replicas hold the same", within: deadline, every: .seconds(1)) {
            let replicas = try await Replicas(of: sandbox)
            if let complaint = replicas.complaint { throw NotYet(complaint) }
            return replicas.settled.count
        }
        return "\(replicas) replicas connected, nothing to heal, \(files) files on each"
    }
}
