public import Evidence
public import Machines

/// The run of this test process: one folder of evidence, opened at the first case, with the wall's proof and
/// what was observed in the guests.
public actor CurrentRun {
    private static let verdicts = CurrentRun(.verdicts)
    private static let controls = CurrentRun(.controls)
    private static let byHand = CurrentRun(.byHand)

    /// The run of this process on a shelf.
    public static func on(_ shelf: EvidenceShelf) -> CurrentRun {
        switch shelf {
        case .verdicts: verdicts
        case .controls: controls
        case .byHand: byHand
        }
    }

    private let shelf: EvidenceShelf
    private var opened: Task<EvidenceRun, any Error>?
    private var observed: Task<Inspection.Parity, any Error>?

    private init(_ shelf: EvidenceShelf) { self.shelf = shelf }

    /// The run's evidence, the same for all suites of the process; one that could not be opened is opened anew by the next
    /// case.
    public func run(in workshop: Workshop, from checkpoint: Checkpoint) async throws -> EvidenceRun {
        if let opened { return try await opened.value }
        let task = Task { try await workshop.openRun(with: checkpoint, on: shelf) }
        opened = task
        do {
            return try await task.value
        } catch {
            opened = nil
            throw error
        }
    }

    /// What runs in the guests, asked once; a look that failed is done again by the next case.
    private func observe(_ inspection: Inspection) async throws -> Inspection.Parity {
        if let observed { return try await observed.value }
        let task = Task { try await inspection.observe() }
        observed = task
        do {
            return try await task.value
        } catch {
            observed = nil
            throw error
        }
    }

    /// Records the run's first proof, whether or not it holds.
    static func keep(_ wall: [BoundaryCheck], in run: EvidenceRun) throws {
        guard run.record.boundary.isEmpty else { return }
        try run.update { $0.boundary = wall }
    }

    /// Refuses to go on with a run whose first proof did not hold: nothing is injected in it any more.
    static func mayGoOn(_ record: RunRecord) throws {
        try WallOrder(of: record).admit(
            record.boundary, or: "the wall did not hold when this run began, so nothing is injected in it")
    }

    /// The verdict's draft for a sandbox, whose wall is proven before any fault.
    ///
    /// What runs in the guests is asked once a run: all sandboxes of a run come from one checkpoint.
    public func draft(
        in workshop: Workshop, from checkpoint: Checkpoint, proving sandbox: Sandbox
    ) async throws -> VerdictDraft {
        let run = try await run(in: workshop, from: checkpoint)
        let inspection = Inspection(folder: workshop.folder, sandbox: sandbox)
        var draft = VerdictDraft(run.record, profile: workshop.folder.name)
        do {
            try Self.mayGoOn(run.record)
            _ = try await inspection.proveWall { try Self.keep($0, in: run) }
        } catch let error as DrillError {
            draft.refusal = error
            return draft
        }
        let parity = try await observe(inspection)
        if run.record.observed.isEmpty {
            try run.update { record in
                record.observed = parity.observations
                record.substitutions = parity.substitutions
            }
        }
        draft.verdict.sandbox.observed = parity.versions
        draft.verdict.sandbox.substitutions = parity.substitutions
        return draft
    }
}

/// A verdict's first state, and the reason if nothing may be injected.
public struct VerdictDraft: Sendable {
    /// The verdict, of no drill and no case yet.
    public internal(set) var verdict = Verdict(drill: "", case: "")
    /// Why nothing may be injected, if so.
    ///
    /// The wall does not hold, or did not when the run began: the case is unproven.
    public internal(set) var refusal: DrillError?

    init(_ record: RunRecord, profile: String) {
        verdict.commit = record.commit ?? "unknown"
        verdict.dirty = record.dirty ?? true
        verdict.sandbox = .init(
            provider: record.provider ?? "unknown", accelerator: record.accelerator?.name ?? "unknown",
            profile: profile)
        verdict.sandbox.wallLowered = record.wallLowered ? true : nil
    }
}
