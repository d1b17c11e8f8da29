public import Runbooks

/// What a game day goes through: every row of RECOVERY_MAP.md, one after the other.
public struct GameDayPlan: Sendable {
    /// The rows, in the order in which they are drilled.
    ///
    /// Profile by profile as the map first names them, and within one the shortest recovery budget first: a lab that is
    /// broken altogether shows within minutes, not after the longest drill.
    public let rows: [RecoveryMap.Row]

    /// Orders the rows of a map.
    public init(_ map: [RecoveryMap.Row]) {
        rows = Self.profiles(of: map).flatMap { profile in
            map.filter { $0.profile == profile }
                .sorted { ($0.recoveryBudget.seconds, $0.line) < ($1.recoveryBudget.seconds, $1.line) }
        }
    }

    /// All of their cases, in the same order.
    var cases: [GameDayCase] { rows.flatMap { row in row.cases.map { GameDayCase(row: row, name: $0) } } }

    /// The profiles, in order.
    public var profiles: [String] { Self.profiles(of: rows) }

    private static func profiles(of rows: [RecoveryMap.Row]) -> [String] {
        var names: [String] = []
        for row in rows where !names.contains(row.profile) { names.append(row.profile) }
        return names
    }
}

/// One case that a game day asks for.
struct GameDayCase: Sendable, Hashable {
    /// Its drill's row.
    let row: RecoveryMap.Row
    /// Its name.
    let name: String
}
