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

    /// How the names of files begin that have been there for long and nobody writes to.
    static let standing = "standing-"

    /// Where each machine has it mounted.
    private static let mount = "/srv/shared/uploads"

    /// The digests of the files that nobody writes to, a line each, as a machine reads them through its own mount.
    ///
    /// - Throws: ``DrillError`` where it cannot read the volume: an app that moved there would have none. A lab that is being
    ///   made has none of these files yet, which is no error.
    private func standingFiles(on machine: any Machine) async throws -> Set<String> {
        let said = try await machine.mustRun(
            [
                "sh", "-c",
                "cd \(Self.mount) && find . -maxdepth 1 -name '\(Self.standing)*' -exec sha256sum {} +",
            ],
            deadline: .seconds(60),
            failing: "it cannot read the volume through its own mount")
        return Set(said.split(separator: "\n").map(String.init))
    }

    /// The same, as all machines read them.
    ///
    /// - Throws: ``DrillError`` where one of them cannot read it.
    func standingFiles() async throws -> Set<String> {
        try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask {
                    Set(try await standingFiles(on: machine).map { "\(machine.name): \($0)" })
                }
            }
            return try await group.reduce(into: []) { $0.formUnion($1) }
        }
    }

    /// What each machine's own disk holds of it.
    func replicas() async throws -> Replicas { try await Replicas(of: sandbox) }

    /// Waits until every replica is connected and nothing is left to heal, as a machine's own tool tells; then
    /// until every replica holds what any of them held, as their disks tell.
    ///
    /// The tool's word is not enough: a replica that was wiped behind its back is whole to it. Nor is what lies on the disks:
    /// each machine reads through its own mount what nobody writes to.
    ///
    /// - Returns: What was seen, in a line.
    func becomesWhole(within deadline: Duration) async throws -> String {
        let machine = try sandbox.machine(sandbox.plan.machines[0].name)
        let replicas = sandbox.plan.machines.count
        try await eventually(
            "the volume is whole on \(replicas) machines", within: deadline, every: .seconds(1)
        ) {
            let info = try await ask(machine, "heal", Self.name, "info")
            guard info.exit == 0 else { throw NotYet(info.stdout + info.stderr) }
            if let complaint = HealInfo(info.stdout).complaint(replicas: replicas) { throw NotYet(complaint) }
        }
        let files = try await eventually("the replicas hold the same", within: deadline, every: .seconds(1)) {
            let replicas = try await self.replicas()
            if let complaint = replicas.complaint { throw NotYet(complaint) }
            return replicas.settled.count
        }
        try await eventually("each machine reads the volume", within: deadline, every: .seconds(1)) {
            do { _ = try await standingFiles() } catch let error as DrillError { throw NotYet("\(error)") }
        }
        return "\(replicas) replicas connected, nothing to heal, \(files) files on each, read by each"
    }

    /// Waits until a machine's peers have lost its replica; what one of them says of it.
    func losesReplica(of machine: String, within deadline: Duration = .seconds(180)) async throws -> String {
        try await eventually(
            "the others have lost \(machine)'s replica", within: deadline, every: .seconds(1)
        ) {
            let said = try await ask(peer(of: machine), "heal", Self.name, "info")
            guard
                let replica = HealInfo(said.stdout).replicas.first(where: {
                    $0.brick.hasPrefix("\(machine):")
                })
            else { throw NotYet("no word of it: \(said.stdout)\(said.stderr)") }
            // Any other word but these may be that of a tool that was ended in the middle.
            guard replica.status == "Transport endpoint is not connected" else {
                throw NotYet("\(replica.brick): \(replica.status)")
            }
            return "\(machine)'s replica: \(replica.status)"
        }
    }

    /// Waits until a peer knows of no free block on a machine's disk; what it says.
    func hasNoSpace(on machine: String) async throws -> String {
        try await eventually("no space is left on \(machine)", within: .seconds(60), every: .seconds(1)) {
            let said = try await ask(peer(of: machine), "status", Self.name, "detail")
            let bricks = said.stdout.components(separatedBy: "Brick  ").filter { $0.contains("\(machine):") }
            guard
                let free = bricks.first?.split(separator: "\n").first(where: {
                    $0.hasPrefix("Disk Space Free")
                })
            else { throw NotYet("no word of it: \(said.stdout)\(said.stderr)") }
            guard let left = free.split(whereSeparator: \.isWhitespace).last, Self.isNothing(left)
            else { throw NotYet(String(free)) }
            return "\(machine): \(free.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
        }
    }

    /// ext4 keeps 4096 blocks of 4 KiB for itself that nobody gets, and counts them as free (`reserved_clusters`).
    private static func isNothing(_ free: Substring) -> Bool {
        if free.hasSuffix("MB") { return Double(free.dropLast(2)).map { $0 <= 16 } ?? false }
        return free.hasSuffix("KB") || free.hasSuffix("Bytes")
    }

    /// Asks GlusterFS about the volume on a machine; it does not answer while a disk hangs, and is ended then.
    private func ask(_ machine: any Machine, _ question: String...) async throws -> GuestCommandResult {
        try await machine.run(
            ["timeout", "45", "gluster", "volume"] + question, input: nil, deadline: .seconds(60))
    }

    private func peer(of machine: String) throws -> any Machine {
        let peer = sandbox.plan.machines.map(\.name).first { $0 != machine }
        return try sandbox.machine(peer ?? machine)
    }
}
