import Evidence
import Runbooks

/// The end of a game day in words: one line for each section.
public struct GameDayClosing: Sendable {
    /// The lines, in the plan's order.
    public let lines: [[String]]
    /// Whether every case of every section passed.
    public let allPassed: Bool

    /// The heads of the lines' columns.
    public static let heads = ["PROFILE", "SECTION", "VERDICT", "CASES", "RECOVERY AT MOST"]

    /// Sums up what a board holds of a plan.
    public init(_ plan: GameDayPlan, _ board: GameDayBoard) {
        var allPassed = true
        lines = plan.rows.map { row in
            let verdicts = row.cases.map { board.verdict(of: $0, in: row) }
            let results = verdicts.map { $0?.result ?? .unproven }
            let passed = results.count { $0 == .passed }
            allPassed = allPassed && passed == row.cases.count
            let result: Verdict.Result =
                results.contains(.failed) ? .failed : passed == row.cases.count ? .passed : .unproven
            let worst = verdicts.compactMap { $0?.recoverySeconds }.max().map {
                HumanDuration.text(seconds: $0)
            }
            return [
                row.profile, row.section, result.rawValue, "\(passed) of \(row.cases.count) passed",
                "\(worst ?? "-") of \(HumanDuration.text(seconds: row.recoveryBudget.seconds))",
            ]
        }
        self.allPassed = allPassed
    }
}
