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
    let runs: [RunPage]
    let cases: [CasePage]
    let hasNoCase: Bool
    let trends: [TrendPage]
    let style: String

    init(_ runs: [RunEvidence], history: RunHistory, title: String, style: String) {
        let found = runs.flatMap(\.cases)
        let verdicts = found.map(\.verdict)
        cases = found.enumerated().map { CasePage($1, number: $0 + 1) }
        let missed = cases.filter { $0.failing != nil }
        let failed = Verdict.Result.failed.rawValue
        misses = missed.filter { $0.verdict == failed } + missed.filter { $0.verdict != failed }
        hasNoCase = found.isEmpty
        self.runs = runs.reduce(into: []) { $0.append(RunPage($1, after: $0)) }
        self.title = title
        self.style = style
        counts = Verdict.Result.allCases.map { result in
            Count(number: verdicts.count { $0.result == result }, result: result.rawValue)
        }
        (headline, headlineKind) = Self.headline(verdicts)
        summary = Self.summary(runs, verdicts)
        trends = TrendPage.all(history, drills: Set(verdicts.map { [$0.sandbox.profile, $0.drill] }))
    }

    private static func headline(_ verdicts: [Verdict]) -> (String, String) {
        let passed = verdicts.count { $0.result == .passed }
        let failed = verdicts.count { $0.result == .failed }
        if verdicts.isEmpty { return ("No case was begun", "unproven") }
        if passed == verdicts.count {
            return (passed == 1 ? "The one case passed" : "All \(passed) cases passed", "passed")
        }
        if failed > 0 { return ("\(failed) of \(verdicts.count) cases failed", "failed") }
        return ("\(verdicts.count - passed) of \(verdicts.count) cases are unproven", "unproven")
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
