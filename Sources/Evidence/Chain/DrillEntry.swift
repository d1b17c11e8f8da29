/// The statement's extension field `recoveryDrill`: the case's place in the trail, and what in-toto has no field for.
public struct DrillEntry: Codable, Sendable, Equatable {
    /// The schema that this code writes, and the only one that it reads.
    public static let currentSchema = "drill-entry/1"

    /// The form of this field, `drill-entry/1`.
    public var schema: String
    /// Where the entry stands.
    public var link: ChainLink
    /// The case's folder, below the evidence folder.
    public var folder: String
    /// Whether it is about the runbook, or a control, or a person's own hands; null when that is not known.
    @ExplicitNull public var shelf: EvidenceShelf?
    /// The lab's profile.
    public var profile: String
    /// The drill's suite.
    public var drill: String
    /// The case within it.
    public var `case`: String
    /// The title of the runbook's section; null until it is known.
    @ExplicitNull public var section: String?
    /// The verdict, with the third word that test-result lacks.
    public var verdict: Verdict.Result
    /// Why.
    public var reason: String
    /// Whether the checkout differed from its commit.
    public var dirty: Bool
    /// When the case began.
    public var started: Timestamp
    /// When it ended; null in the entry with which it begins.
    @ExplicitNull public var finished: Timestamp?
    /// The subjects whose digest is not known.
    public var unknown: [String]
    /// The case's files as they were at its end; empty in the entry with which it begins.
    public var files: [Statement.Resource]

    init(
        _ verdict: Verdict, shelf: EvidenceShelf?, link: ChainLink, folder: String, unknown: [String],
        files: [Statement.Resource]
    ) {
        schema = DrillEntry.currentSchema
        self.link = link
        self.folder = folder
        profile = verdict.sandbox.profile
        drill = verdict.drill
        self.case = verdict.case
        self.verdict = verdict.result
        reason = verdict.reason
        dirty = verdict.dirty
        started = verdict.started
        self.unknown = unknown
        self.files = files
        self.shelf = shelf
        section = verdict.section?.title
        finished = verdict.finished
    }
}
