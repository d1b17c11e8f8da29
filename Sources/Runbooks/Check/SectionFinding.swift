/// Whether one section can be drilled, and if not, why.
public struct SectionFinding: Sendable, Hashable {
    /// The file that `line` is of: the runbook, or the map where the runbook has no such section.
    public let file: String
    /// The section's title.
    public let title: String
    /// The heading's line, or the map row's.
    public let line: Int
    /// The drills that play it, by the map.
    public let drills: [String]
    /// How many steps it has.
    public let stepCount: Int
    /// Everything that keeps it from being drilled, by line; empty where nothing does.
    public let reasons: [RunbookProblem]

    /// Whether nothing keeps it from being drilled.
    public var isDrillable: Bool { reasons.isEmpty }
}
