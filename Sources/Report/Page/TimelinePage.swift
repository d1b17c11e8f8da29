import Evidence

/// A timeline as the template wants it: the drawing, the words over it, and a table of the same numbers.
struct TimelinePage {
    /// A word over the drawing and where it stands.
    struct Mark {
        let words: String
        let kind: String
        let place: String
        let target: String?
    }
    /// A row's name at the left.
    struct RowName {
        let rowName: String
        let top: String
    }
    /// One line of the table.
    struct Line {
        let from: String
        let to: String
        let what: String
        let detail: String
        let link: String?
    }
    /// One store's line of the table.
    struct StoreLine {
        let store: String
        let acknowledged: Int
        let refused: Int
        let unknown: Int
        let outage: String
    }

    let drawing: String
    let height: String
    let headHeight: String
    let stepsHeight: String
    let rowNames: [RowName]
    let moments: [Mark]
    let stepMarks: [Mark]
    let ticks: [Mark]
    let lines: [Line]
    let storeLines: [StoreLine]

    init(_ timeline: Timeline, failing: FailingPoint?, of verdict: Verdict, prefix: String) {
        let drawing = TimelineDrawing(timeline, failing: failing, prefix: prefix)
        let moments = drawing.momentLabels
        let steps = drawing.stepLabels
        self.drawing = drawing.svg(
            title: "Timeline of \(verdict.drill) / \(verdict.case)",
            description:
                "\(HumanDuration.text(seconds: timeline.end)) from the case's beginning, to scale, with "
                + "\(timeline.steps.count) steps and the writes of \(timeline.lanes.count) stores. The table below has the numbers."
        )
        height = SVG.number(drawing.height)
        headHeight = "\((moments.map(\.row).max() ?? 0) * 18 + 20)"
        stepsHeight = "\(steps.isEmpty ? 0 : ((steps.map(\.row).max() ?? 0) + 1) * 18)"
        rowNames = drawing.rows.map { RowName(rowName: $0.name, top: SVG.number($0.top)) }
        self.moments = moments.map(Self.mark)
        stepMarks = steps.map(Self.mark)
        ticks = drawing.tickLabels.map(Self.mark)
        lines = Self.lines(timeline, drawing.phaseSpans, failing: failing, prefix: prefix)
        storeLines = timeline.lanes.map { lane in
            let out = lane.outage.map { HumanDuration.text(seconds: $0.upperBound - $0.lowerBound) } ?? "none"
            return StoreLine(
                store: lane.store, acknowledged: lane.acknowledged.count, refused: lane.refused.count,
                unknown: lane.unknown.count, outage: lane.isOutForGood ? "not back" : out)
        }
    }

    private static func mark(_ label: TimelineDrawing.Label) -> Mark {
        let side = label.left.map { "left:\($0)%" } ?? "right:\(label.right ?? "0")%"
        return Mark(
            words: label.words, kind: label.kind, place: "\(side);top:\(label.row * 18)px",
            target: label.target)
    }

    private static func lines(
        _ timeline: Timeline, _ phases: [(name: String, from: Double, to: Double)], failing: FailingPoint?,
        prefix: String
    ) -> [Line] {
        func text(_ seconds: Double) -> String { HumanDuration.text(seconds: seconds) }
        let phaseLines = phases.map {
            (
                at: $0.from,
                line: Line(from: text($0.from), to: text($0.to), what: "phase", detail: $0.name, link: nil)
            )
        }
        let moments = timeline.moments.map {
            (at: $0.at, line: Line(from: text($0.at), to: "", what: $0.name, detail: $0.detail, link: nil))
        }
        let steps = timeline.steps.enumerated().map { index, step in
            let failed = index == failing?.step ? ", failed here" : ""
            let detail = "line \(step.line), \(step.role == .human ? "a person" : "the shell")\(failed)"
            return (
                at: step.start,
                line: Line(
                    from: text(step.start), to: step.end.map(text) ?? "cut off", what: "step", detail: detail,
                    link: "\(prefix)-step-\(index + 1)")
            )
        }
        // Of what begins at one moment the phase comes first; the sort must not turn the rest around.
        return (phaseLines + moments + steps).enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element.line)
    }
}
