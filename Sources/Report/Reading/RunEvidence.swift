public import Evidence
import Foundation

/// One run, read for a report.
public struct RunEvidence: Sendable {
    /// The run's name.
    public let name: String
    /// What the run took place in; nil where `run.json` cannot be read.
    public let record: RunRecord?
    /// Why there is no record.
    let trouble: String?
    /// Its cases, in the order in which they began.
    public let cases: [CaseEvidence]

    /// Reads a run of a store, the latest without a name; throws `EvidenceError` when there is none.
    public init(_ id: String? = nil, in store: EvidenceStore) throws {
        let folder = try store.runFolder(id)
        name = folder.lastPathComponent
        do {
            record = try RunRecord(run: folder)
            trouble = nil
        } catch {
            record = nil
            trouble = "\(error)"
        }
        cases = try VerdictList(run: folder).cases.map(CaseEvidence.init)
            .sorted { $0.verdict.started < $1.verdict.started }
    }
}
