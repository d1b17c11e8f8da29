import Evidence

/// The whole report as the template wants it.
struct ReportPage {
    /// One verdict's count.
    struct Count {
        let number: Int
        let result: String
    }

    let title: String
    let headline: String
    let headlineKind: String
    let summary: String
    let counts: [Count]
    let misses: [CasePage]
    let neverBegun: [String]
    let runs: [RunPage]
    let cases: [CasePage]
    let hasNoCase: Bool
    let trends: [TrendPage]
    let style: String

    init(
        _ runs: [RunEvidence], asked: [AskedCase] = [], history: RunHistory, title: String, style: String
    ) {
        let found = runs.flatMap(\.cases)
        let attendance = Attendance(found.map(\.verdict), asked: asked)
        let verdicts = found.indices.filter(attendance.counting.contains).map { found[$0].verdict }
        cases = found.enumerated().map {
            CasePage($1, number: $0 + 1, isRepeated: !attendance.counting.contains($0))
        }
        let results = verdicts.map(\.result) + attendance.neverBegun.map { _ in .unproven }
        neverBegun = attendance.neverBegun.map { "\($0.drill) / \($0.name)" }
        let missed = cases.filter { $0.failing != nil && !$0.isRepeated }
        let failed = Verdict.Result.failed.rawValue
        misses = missed.filter { $0.verdict == failed } + missed.filter { $0.verdict != failed }
        hasNoCase = found.isEmpty
        self.runs = runs.reduce(into: []) { $0.append(RunPage($1, after: $0)) }
        self.title = title
        self.style = style
        counts = Verdict.Result.allCases.map { result in
            Count(number: results.count { $0 == result }, result: result.rawValue)
        }
        (headline, headlineKind) = Self.headline(results)
        summary = Self.summary(runs, verdicts)
        trends = TrendPage.all(history, drills: Set(verdicts.map { [$0.sandbox.profile, $0.drill] }))
    }

    private static func headline(_ results: [Verdict.Result]) -> (String, String) {
        let passed = results.count { $0 == .passed }
        let failed = results.count { $0 == .failed }
        if results.isEmpty { return ("No case was begun", "unproven") }
        if passed == results.count {
            return (passed == 1 ? "The one case passed" : "All \(passed) cases passed", "passed")
        }
        if failed > 0 { return ("\(failed) of \(results.count) cases failed", "failed") }
        return ("\(results.count - passed) of \(results.count) cases are unproven", "unproven")
    }

    private static func summary(_ runs: [RunEvidence], _ verdicts: [Verdict]) -> String {
        let began = runs.compactMap(\.record?.started).min() ?? verdicts.map(\.started).min()
        let ended = verdicts.compactMap(\.finished).max()
        var parts: [String] = []
        if let began { parts.append("Begun \(ReportWords.moment(began))") }
        if let began, let ended {
            parts.append("took \(HumanDuration.text(seconds: ended.seconds(since: began)))")
        }
        let commits = Set(runs.map { ReportWords.commit($0.record?.commit, dirty: $0.record?.dirty) })
            .sorted()
        parts.append("commit \(commits.joined(separator: "; "))")
        return parts.joined(separator: ", ") + "."
    }
}
