import Boundary
public import Evidence
import Foundation
public import Machines
import Runbooks

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
        profile name: String = ProfileFolder.chosen, checkout: Checkout? = nil,
        say: @escaping @Sendable (String) -> Void = Workshop.sayOnStandardError
    ) throws {
        self.checkout = try checkout ?? Checkout()
        folder = try ProfileFolder(name: name, checkout: self.checkout.path)
        profile = ServicesProfile(folder: folder)
        cache = try Cache.standard()
        runs = try RunFolders.open()
        builder = CheckpointBuilder(
            profile: profile, cache: cache, runs: runs, tools: try HostTools(cache: cache).folder,
            programs: HarnessPrograms.built,
            progress: BringUp(timings: cache.timings, say: say))
    }

    /// Writes a line to standard error, marked as the drills' own.
    public static func sayOnStandardError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data("drill: \(line)\n".utf8))
    }

    /// What one case of a drill is about, from the runbook, the map and the human's table.
    ///
    /// - Throws: an error that names the file and line of what is missing.
    public func plan(drill: String, case name: String) throws -> DrillPlan {
        let map = try RecoveryMap(contentsOf: checkout.recoveryMap)
        let row = try map.row(profile: folder.name, drill: drill)
        let section = try folder.runbook().section(titled: row.section)
        var plan = DrillPlan(
            drill: drill, caseName: name, section: section, row: row, bindings: folder.bindings,
            human: try folder.human())
        plan.drillSHA256 = try? SourceDigest.of(
            ["Drills/\(drill).swift", "Sources/DrillKit/Experiments/\(drill)Cases.swift"], in: checkout.path)
        plan.stepDeadline = try Experiment.named(drill).stepDeadline
        return plan
    }

    /// Opens the evidence of one run: host, accelerator, provider, commit and digests are written at once.
    ///
    /// Evidence of controls and of people's own hands lies apart from verdicts of the runbook.
    public func openRun(
        with checkpoint: Checkpoint, on shelf: EvidenceShelf = .verdicts
    ) async throws -> EvidenceRun {
        let commit = await Commit(of: checkout)
        let provider = try await builder.provider(image: builder.image())
        var record = RunRecord()
        record.provider = provider.name
        record.profile = folder.name
        record.wallLowered = try WallOrder().isLowered
        record.shelf = shelf
        record.accelerator = .init(
            name: provider.acceleration.accelerator.rawValue, tried: provider.acceleration.tried,
            reason: provider.acceleration.reason)
        record.commit = commit.id
        let newer = BuildAge.own.newerSource(in: checkout.path)
        if let newer {
            Self.sayOnStandardError(
                "this program is older than \(newer), so its evidence counts as that of a dirty tree")
        }
        record.dirty = commit.dirty || newer != nil
        record.gameDay = ProcessInfo.processInfo.environment["DRILL_GAMEDAY"].flatMap {
            $0.isEmpty ? nil : $0
        }
        let digests = checkpoint.description.digests
        record.digests = .init(
            plays: try SourceDigest.of(SourceDigest.provisioning, in: folder.path),
            image: digests["image"],
            parity: try CacheKey.digest(ofFile: "\(folder.path)/parity.yml"),
            runbook: try CacheKey.digest(ofFile: folder.runbookPath), checkpoint: digests["checkpoint"],
            harness: try? SourceDigest.of(SourceDigest.harness, in: checkout.path))
        let store =
            shelf == .verdicts ? evidence : EvidenceStore(root: evidence.root.appending(path: shelf.rawValue))
        return try EvidenceRun.shared(in: store) { record }
    }

    /// Where verdicts go: `evidence/` in the checkout, or the folder that DRILL_EVIDENCE names.
    public var evidence: EvidenceStore { .standard(in: checkout.path) }
}
