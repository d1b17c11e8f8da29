import Report
import Runbooks

/// How long a game day still takes, by how long its cases took in past runs.
struct GameDayForecast: Sendable {
    /// Seconds that a case usually takes, by profile, drill and name.
    private let usual: [[String]: Double]

    init(_ history: RunHistory) {
        usual = Dictionary(
            history.cases.compactMap { one in
                one.usualSeconds.map { ([one.profile, one.drill, one.case], $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Seconds for cases one after the other: those never timed count as the mean of the others; nil without any.
    func seconds(for cases: [GameDayCase]) -> Double? {
        guard !usual.isEmpty else { return nil }
        let mean = usual.values.reduce(0, +) / Double(usual.count)
        return cases.reduce(0) { $0 + (usual[[$1.row.profile, $1.row.drill, $1.name]] ?? mean) }
    }

    /// Seconds still to come: what is left by past runs, at the pace of what was done since `elapsed` seconds.
    ///
    /// The pace takes in restores, waiting for the host, and cases that run side by side.
    func remaining(_ left: [GameDayCase], done: [GameDayCase], elapsed: Double) -> Double? {
        guard let ahead = seconds(for: left) else { return nil }
        guard let behind = seconds(for: done), behind > 0 else { return ahead }
        return ahead * elapsed / behind
    }
}
