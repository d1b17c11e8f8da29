package import Foundation

/// What one case of a drill came to: the content of `verdict.json`.
///
/// A new verdict is unproven; whoever runs the drill must earn anything else. All keys are always present
/// in the file: what is not known is written as `null`, never left out and never as zero.
public struct Verdict: Codable, Sendable, Equatable {
    /// The schema that this code writes, and the only one that it reads.
    public static let currentSchema = "drill-verdict/1"
    /// The reason of a case that began and never got as far as a verdict.
    public static let cutOff = "\(wasCutOff) before a verdict"
    /// How the reason of every case begins that was cut off on its way.
    public static let wasCutOff = "the run was cut off"

    /// Whether it says nothing of the runbook, since its run was cut off on the way.
    public var isCutOff: Bool { finished == nil || reason.hasPrefix(Self.wasCutOff) }

    /// What a case came to; only `passed` counts.
    public enum Result: String, Codable, Sendable, CaseIterable {
        /// The fault took effect, the section was followed, and the lab is whole again within its budget.
        case passed
        /// The lab is not whole, or too late, or writes are lost, or a step failed.
        case failed
        /// Neither: the fault never took effect, the lab was not healthy to begin with, the run was cut off.
        case unproven
    }

    /// The form of this file, `drill-verdict/1`.
    public var schema: String
    /// The drill's suite, such as `VaultSeal`.
    public var drill: String
    /// The case within it, in the field's words.
    public var `case`: String
    /// The section of the runbook that was followed; null until it is known.
    @ExplicitNull public var section: Section?
    /// SHA-256 of the columns that people edit in the drill's row of RECOVERY_MAP.md; null when it was not read.
    @ExplicitNull public var mapRowSHA256: String?
    /// SHA-256 of the drill's own sources; null when they were not read.
    @ExplicitNull public var drillSHA256: String?
    /// What it came to.
    public var result: Result
    /// Why, in one sentence that names the line of the runbook where one is to blame.
    public var reason: String
    /// What went wrong on purpose; null until it was injected.
    @ExplicitNull public var fault: Fault?
    /// The steps that were followed, in order.
    public var steps: [Step]
    /// From injection until everything was whole again; null when that never came.
    @ExplicitNull public var recoverySeconds: Double?
    /// The recovery that RECOVERY_MAP.md allows; null when the map was not read.
    @ExplicitNull public var budgetSeconds: Double?
    /// The clients' writes.
    public var ledger: Ledger
    /// For each store, from injection to the first acknowledged write after the last refused one.
    ///
    /// 0 when none was refused, null when no write was acknowledged any more. A store that is not here was
    /// not written to.
    public var outageSeconds: [String: Double?]
    /// What the drill ran in.
    public var sandbox: Sandbox
    /// When the case began.
    public var started: Timestamp
    /// When it ended; null while it runs, and for ever if it was cut off.
    @ExplicitNull public var finished: Timestamp?
    /// The commit of the checkout, `unknown` outside one.
    public var commit: String
    /// Whether the checkout differed from that commit.
    public var dirty: Bool

    /// The verdict with which every case begins: unproven, cut off, and nothing known.
    public init(drill: String, case: String, started: Timestamp = .now) {
        schema = Verdict.currentSchema
        self.drill = drill
        self.case = `case`
        result = .unproven
        reason = Verdict.cutOff
        steps = []
        ledger = Ledger()
        outageSeconds = [:]
        sandbox = Sandbox()
        self.started = started
        commit = "unknown"
        dirty = true
    }
}

extension Verdict {
    /// Reads a `verdict.json`.
    ///
    /// - Throws: `EvidenceError` when it is missing, or is not what this code writes.
    package init(contentsOf file: URL) throws(EvidenceError) {
        struct SchemaOnly: Decodable {
            var schema: String
        }
        do {
            let data = try Data(contentsOf: file)
            let schema = try EvidenceJSON.decoder.decode(SchemaOnly.self, from: data).schema
            guard schema == Verdict.currentSchema else {
                throw EvidenceError(
                    .unreadable, "\(file.path) has the schema '\(schema)', not '\(Verdict.currentSchema)'")
            }
            self = try EvidenceJSON.decoder.decode(Verdict.self, from: data)
        } catch let error as EvidenceError {
            throw error
        } catch let error as DecodingError {
            throw EvidenceError(.unreadable, "\(file.path) cannot be read: \(DecodingTrouble.text(error))")
        } catch {
            let isThere = FileManager.default.fileExists(atPath: file.path)
            let trouble = isThere ? "cannot be read: \(error.localizedDescription)" : "is missing"
            throw EvidenceError(.unreadable, "\(file.path) \(trouble)")
        }
    }
}
