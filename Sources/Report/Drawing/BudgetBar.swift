import Evidence

/// Recovery against its budget: what the clock saw, on top of it hatched what is declared for a person and was not
/// waited for, and where the budget ends.
struct BudgetBar {
    let recovery: Double
    let declared: Double
    let budget: Double?

    static let height = 30.0

    func svg(prefix: String) -> String {
        let scale = Scale(end: max(recovery, budget ?? 0) * 1.04)
        let clocked = max(0, recovery - declared)
        let isOver = budget.map { recovery > $0 } ?? false
        var parts = [
            SVG.rectangle("track", x: 0, y: 7, width: scale.width, height: 16),
            SVG.rectangle(
                isOver ? "clocked over" : "clocked", x: 0, y: 7, width: scale.x(clocked), height: 16),
        ]
        if declared > 0 {
            parts.append(
                SVG.rectangle(
                    "declared", x: scale.x(clocked), y: 7, width: scale.x(recovery) - scale.x(clocked),
                    height: 16))
        }
        if let budget, let line = SVG.strokes("limit", [(scale.x(budget), 1, 29)]) { parts.append(line) }
        return SVG.drawing(
            "\(prefix)-budget", "Recovery against budget", words, width: scale.width, height: Self.height,
            parts
        ).text
    }

    /// The same in words.
    var words: String {
        let limit = budget.map { " of \(HumanDuration.text(seconds: $0))" } ?? ", without a budget"
        guard declared > 0 else {
            return "\(HumanDuration.text(seconds: recovery))\(limit), all of it by the clock"
        }
        return
            "\(HumanDuration.text(seconds: recovery))\(limit): \(HumanDuration.text(seconds: recovery - declared)) by the clock, "
            + "\(HumanDuration.text(seconds: declared)) declared for a person and not waited for"
    }
}
