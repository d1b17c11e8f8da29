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
    private static let brick = "/srv/brick/shared*/uploads"

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
            let held = try await replicasContents()
            let settled = held.values.reduce(into: Set<String>()) { $0.formUnion($1.settled) }
            let differing = settled.filter { name in Set(held.values.map { $0.digests[name] }).count > 1 }
            guard differing.isEmpty else {
                let lacking = held.sorted { $0.key < $1.key }.map { machine, replica in
                    "\(machine) lacks \(differing.count { replica.digests[$0] == nil })"
                }
                throw NotYet(
                    "\(differing.count) of \(settled.count) files differ; \(lacking.joined(separator: ", "))")
            }
            return settled.count
        }
        return "\(replicas) replicas connected, nothing to heal, \(files) files on each"
    }

    /// The files of one machine's replica.
    private struct Replica {
        /// The digest of each.
        var digests: [String: String] = [:]
        /// The names of those that nobody has written to for some seconds: clients write all the while.
        var settled: Set<String> = []

        /// Reads what ``script`` printed.
        init(_ text: String) {
            let parts = text.split(separator: "--\n", maxSplits: 1, omittingEmptySubsequences: false)
            for line in parts[0].split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 1)
                guard words.count == 2 else { continue }
                digests[words[1].trimmingCharacters(in: .whitespaces)] = String(words[0])
            }
            settled = Set(parts.dropFirst().joined().split(separator: "\n").map(String.init))
        }

        static let script = """
            set -e
            cd \(Volume.brick)
            find . -type f -exec sha256sum {} +
            echo --
            find . -type f ! -newermt '-5 seconds'
            """
    }

    /// What each machine's own disk holds, asked side by side.
    private func replicasContents() async throws -> [String: Replica] {
        try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask {
                    let said = try await machine.run(
                        ["sh", "-c", Replica.script], input: nil, deadline: .seconds(60))
                    guard said.exit == 0 else { throw NotYet("\(machine.name): \(said.stderr)") }
                    return (machine.name, Replica(said.stdout))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
