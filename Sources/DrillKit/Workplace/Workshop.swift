import Boundary
public import Evidence
import Foundation
public import Machines
public import Runbooks

/// Everything a drill needs from this host: the profile, the caches, and sandboxes made of them.
public struct Workshop: Sendable {
    /// The checkout that the drills run from.
    public let checkout: Checkout
    /// The profile's folder.
    public let folder: ProfileFolder
    /// What the profile does to machines.
    public let profile: any LabProfile
    /// Where image, provisioned disks and checkpoints are kept.
    public let cache: Cache
    /// Where sandboxes live while they run.
    public let runs: RunFolders
    /// Turns the profile into a checkpoint and restores it.
    public let builder: CheckpointBuilder

    /// Looks at this host; nothing is built or started yet.
    ///
    /// - Throws: ``DrillError`` where there is no such checkout, profile or set of tools.
    public init(
        profile name: String = "lab", checkout: Checkout? = nil,
        say: @escaping @Sendable (String) -> Void = Workshop.sayOnStandardError
    ) throws {
        self.checkout = try checkout ?? Checkout()
        folder = try ProfileFolder(name: name, checkout: self.checkout.path)
        profile = ServicesProfile(folder: folder)
        cache = try Cache.standard()
        runs = try RunFolders.standard()
        builder = CheckpointBuilder(
            profile: profile, cache: cache, runs: runs, tools: try HostTools(cache: cache).folder,
            progress: BringUp(timings: cache.timings, say: say))
    }

    /// Writes a line to standard error, marked as the drills' own.
    public static func sayOnStandardError(_ line: String) {
        FileHandle.standardError.write(Data("drill: \(line)\n".utf8))
    }

    /// What one case of a drill is about, from the runbook, the map and the human's table.
    ///
    /// - Throws: an error that names the file and line of what is missing.
    public func plan(drill: String, case name: String) throws -> DrillPlan {
        let map = try RecoveryMap(contentsOf: checkout.recoveryMap)
        let row = try map.row(profile: folder.name, drill: drill)
        let section = try folder.runbook().section(titled: row.section)
        return DrillPlan(
            drill: drill, caseName: name, section: section, budget: row, bindings: folder.bindings,
            human: try folder.human())
    }

    /// What every verdict of this workshop says alike: sandbox, substitutions, commit.
    public func draft(checkpoint: Checkpoint) async throws -> Verdict {
        var verdict = Verdict(drill: "", case: "")
        let commit = await Commit(of: checkout)
        verdict.commit = commit.id
        verdict.dirty = commit.dirty
        let provider = try await builder.provider(image: builder.image())
        verdict.sandbox = .init(
            provider: provider.name, accelerator: provider.acceleration.accelerator.rawValue,
            profile: folder.name)
        return verdict
    }
}
