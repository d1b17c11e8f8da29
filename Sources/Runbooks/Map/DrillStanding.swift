/// How a drill's last verdict, as the map has it, stands to the present text of its section.
public struct DrillStanding: Sendable, Hashable {
    /// The ways in which it can stand.
    public enum State: Sendable, Hashable {
        /// It passed with this very text.
        case current
        /// The text was edited after the last verdict.
        case edited
        /// The last verdict was of this text, and not passed.
        case notPassed
        /// There is no verdict yet.
        case neverDrilled
    }

    /// The drill's row.
    public let row: RecoveryMap.Row
    /// Its section as it is now.
    public let section: Section
    /// The runbook's path, for messages.
    public let path: String

    /// How it stands.
    public var state: State {
        guard let digest = row.sectionSHA256, row.lastVerdict != nil else { return .neverDrilled }
        guard digest == section.sha256 else { return .edited }
        return row.lastVerdict == "passed" ? .current : .notPassed
    }

    /// Whether the section has to be drilled again before its text can be relied on.
    public var isStale: Bool { state != .current }

    /// Why it is stale, or that it is not, in a few words.
    public var reason: String {
        let date = row.date.map { " on \($0)" } ?? ""
        return switch state {
        case .current: "passed\(date) with this text"
        case .edited: "edited since its last verdict (\(row.lastVerdict ?? "?")\(date))"
        case .notPassed: "\(row.lastVerdict ?? "?")\(date) with this text"
        case .neverDrilled: "has no verdict yet"
        }
    }
}
