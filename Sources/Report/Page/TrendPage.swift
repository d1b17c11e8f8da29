import Evidence

/// A section's recoveries over the runs, as the template wants them.
struct TrendPage {
    /// One case in numbers.
    struct Row {
        let trendCase: String
        let runs: Int
        let passedRuns: Int
        let latest: String
        let median: String
        let worst: String
        let flakes: String
    }

    let trendTitle: String
    let trendDrawing: String?
    let limit: String
    let trendRows: [Row]

    /// One trend for each drill of each profile, those alone that a case of the report belongs to.
    static func all(_ history: RunHistory, drills: Set<[String]>) -> [TrendPage] {
        Dictionary(grouping: history.cases) { [$0.profile, $0.drill] }
            .filter { drills.contains($0.key) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .enumerated()
            .map { TrendPage($1.value, profile: $1.key[0], drill: $1.key[1], number: $0 + 1) }
    }

    private init(_ cases: [CaseHistory], profile: String, drill: String, number: Int) {
        let section = cases.last { !$0.section.isEmpty }?.section
        let drawing = TrendDrawing(cases: cases)
        trendTitle = drill + (section.map { ": \($0)" } ?? "") + (profile == "lab" ? "" : " (\(profile))")
        trendDrawing =
            cases.allSatisfy(\.recoveries.isEmpty)
            ? nil : drawing.svg(title: "Recovery over past runs, \(drill)", prefix: "trend-\(number)")
        limit = drawing.budget.map { HumanDuration.text(seconds: $0) } ?? "not known"
        trendRows = cases.map { one in
            let text = { (seconds: Double?) in seconds.map { HumanDuration.text(seconds: $0) } ?? "\u{2013}" }
            return Row(
                trendCase: one.case, runs: one.entries.count,
                passedRuns: one.entries.count { $0.result == .passed }, latest: text(one.recoveries.last),
                median: text(one.median), worst: text(one.recoveries.max()),
                flakes: one.flakeWords)
        }
    }
}
