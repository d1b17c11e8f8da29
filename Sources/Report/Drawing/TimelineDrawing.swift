import Evidence

/// A timeline to scale.
///
/// Only its width is stretched, so that it fits a telephone: words stand over it, in the page.
struct TimelineDrawing {
    let timeline: Timeline
    let scale: Scale
    let failing: FailingPoint?
    let prefix: String

    /// The height of the rows: the phases, the steps, and each store.
    static let row = 26.0
    private static let phases = 0.0
    private static let steps = 28.0
    private static let lanes = 62.0

    init(_ timeline: Timeline, failing: FailingPoint?, prefix: String) {
        self.timeline = timeline
        self.failing = failing
        self.prefix = prefix
        scale = Scale(end: timeline.end)
    }

    var height: Double { Self.lanes + Double(timeline.lanes.count) * Self.row + 4 }

    /// The names at the left of the rows, and where each stands.
    var rows: [(name: String, top: Double)] {
        [("phase", Self.phases), ("steps", Self.steps)]
            + timeline.lanes.enumerated().map { ($1.store, Self.lanes + Double($0) * Self.row) }
    }

    func svg(title: String, description: String) -> String {
        SVG.drawing(
            prefix, title, description, width: scale.width, height: height,
            ticks + phaseParts + stepParts + laneParts + momentParts
        ).text
    }

    private var ticks: [SVG] {
        [SVG.strokes("tick", scale.ticks.map { (scale.x($0), 0, height) })].compactMap(\.self)
    }

    private var phaseParts: [SVG] {
        phaseSpans.map { name, from, to in
            SVG.rectangle(
                "phase \(name.replacing(" ", with: "-"))", x: scale.x(from), y: Self.phases + 3,
                width: scale.x(to) - scale.x(from), height: 20,
                words: "\(name): \(HumanDuration.text(seconds: to - from))")
        }
    }

    /// The case cut at its moments: each phase is called by what is awaited in it.
    var phaseSpans: [(name: String, from: Double, to: Double)] {
        let names = [
            "steady": "fault struck", "fault": "fault struck", "confirmed": "recovery",
            "followed": "settling",
            "whole again": "reading back",
        ]
        var spans: [(name: String, from: Double, to: Double)] = []
        var (name, start) = ("steady state", 0.0)
        for moment in timeline.moments where moment.name != "steady" {
            spans.append((name, start, moment.at))
            (name, start) = (names[moment.name] ?? moment.name, moment.at)
        }
        return (spans + [(name, start, timeline.end)]).filter { $0.to > $0.from }
    }

    private var stepParts: [SVG] {
        timeline.steps.enumerated().map { index, step in
            let end = step.end ?? timeline.end
            let kind = index == failing?.step ? "failed" : step.role.rawValue
            let exit = step.exit.map { ", exit \($0)" } ?? ""
            let took = step.end.map { HumanDuration.text(seconds: $0 - step.start) } ?? "cut off"
            return SVG.rectangle(
                "step \(kind)", x: scale.x(step.start), y: Self.steps + 3,
                width: max(scale.x(end) - scale.x(step.start), 2), height: 20,
                words: "line \(step.line): \(took)\(exit)")
        }
    }

    private var laneParts: [SVG] {
        timeline.lanes.enumerated().flatMap { index, lane in
            let top = Self.lanes + Double(index) * Self.row
            func marks(_ kind: String, _ moments: [Double], from: Double, to: Double) -> SVG? {
                var places: [Double] = []
                for place in moments.map({ (scale.x($0) * 2).rounded() / 2 }) where place != places.last {
                    places.append(place)
                }
                return SVG.strokes(kind, places.map { ($0, top + from, top + to) })
            }
            let outage = lane.outage.map {
                SVG.rectangle(
                    "outage", x: scale.x($0.lowerBound), y: top + 2,
                    width: scale.x($0.upperBound) - scale.x($0.lowerBound), height: 22,
                    words:
                        "\(lane.store) out for \(HumanDuration.text(seconds: $0.upperBound - $0.lowerBound))")
            }
            return [
                outage,
                SVG(
                    "path",
                    [("class", "base"), ("d", "M0 \(SVG.number(top + 13))H\(SVG.number(scale.width))")]),
                marks("acknowledged", lane.acknowledged, from: 4, to: 12),
                marks("refused", lane.refused, from: 14, to: 23),
                marks("unknown", lane.unknown, from: 14, to: 19),
            ].compactMap(\.self)
        }
    }

    private var momentParts: [SVG] {
        timeline.moments.compactMap { moment in
            SVG.strokes(
                "moment \(moment.name.replacing(" ", with: "-"))", [(scale.x(moment.at), 0, height)])
        }
    }
}
