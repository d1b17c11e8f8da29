import Evidence

/// How a section's recoveries went from run to run: a line for each case, and the budget across.
struct TrendDrawing {
    let cases: [CaseHistory]

    static let height = 96.0
    private static let width = 1000.0

    /// The runs in which any of the cases was whole again, oldest first.
    private var runs: [String] {
        var first: [String: Timestamp] = [:]
        for entry in cases.flatMap(\.entries) where entry.recoverySeconds != nil {
            first[entry.run] = min(first[entry.run] ?? entry.started, entry.started)
        }
        return first.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }

    /// The budget as of the latest run.
    var budget: Double? { cases.flatMap(\.entries).max { $0.started < $1.started }?.budgetSeconds }

    private var most: Double { max(cases.flatMap(\.recoveries).max() ?? 0, budget ?? 0, 1) * 1.05 }

    func svg(title: String, prefix: String) -> String {
        let runs = runs
        let places = Dictionary(uniqueKeysWithValues: zip(runs, 0...))
        func y(_ seconds: Double) -> Double { Self.height - 6 - seconds / most * (Self.height - 12) }
        func x(_ place: Int) -> Double {
            runs.count < 2 ? Self.width / 2 : 20 + Double(place) / Double(runs.count - 1) * (Self.width - 40)
        }
        var parts: [SVG] = []
        if let budget {
            parts.append(line("budget", "M0 \(SVG.number(y(budget)))H\(SVG.number(Self.width))"))
        }
        for one in cases {
            let points = one.entries.compactMap { entry in
                entry.recoverySeconds.flatMap { seconds in
                    places[entry.run].map { (x: x($0), y: y(seconds), passed: entry.result == .passed) }
                }
            }
            let path = points.enumerated().map {
                "\($0 == 0 ? "M" : "L")\(SVG.number($1.x)) \(SVG.number($1.y))"
            }
            if points.count > 1 { parts.append(line("course", path.joined())) }
            parts += points.map {
                line($0.passed ? "dot" : "dot failed", "M\(SVG.number($0.x)) \(SVG.number($0.y))h0.01")
            }
        }
        return SVG.drawing(prefix, title, words, width: Self.width, height: Self.height, parts).text
    }

    private func line(_ kind: String, _ path: String) -> SVG { SVG("path", [("class", kind), ("d", path)]) }

    private var words: String {
        let all = cases.flatMap(\.recoveries)
        let limit = budget.map { "; the budget is \(HumanDuration.text(seconds: $0))" } ?? ""
        return
            "\(all.count) recoveries over \(runs.count) runs, oldest at the left, from "
            + "\(HumanDuration.text(seconds: all.min() ?? 0)) to \(HumanDuration.text(seconds: all.max() ?? 0))\(limit)."
    }
}
