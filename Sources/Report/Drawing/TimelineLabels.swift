import Evidence

/// The words over a timeline, which no stretching of the drawing touches.
extension TimelineDrawing {
    /// Words over the drawing: where, in hundredths of its width, and in which row.
    struct Label {
        var words: String
        var kind: String
        var row: Int
        /// Hundredths from the left, or from the right for what stands in the right half.
        var left: String?
        var right: String?
        /// The step it leads to.
        var target: String?
    }

    /// The moments' names, so placed that none covers another on a telephone.
    var momentLabels: [Label] {
        var placer = LabelPlacer()
        return timeline.moments.compactMap { moment in
            let words = "\(moment.name) \(HumanDuration.text(seconds: moment.at))"
            return placer.place(
                words, kind: moment.name.replacing(" ", with: "-"), at: scale.percent(moment.at))
        }
    }

    /// The steps' lines, each a link to its transcript; those without room are in the table alone, the failed one never.
    var stepLabels: [Label] {
        var placer = LabelPlacer(rows: 2)
        let order = timeline.steps.indices.sorted { first, second in
            (first == failing?.step ? 0 : 1, first) < (second == failing?.step ? 0 : 1, second)
        }
        return order.compactMap { index in
            let step = timeline.steps[index]
            let kind = index == failing?.step ? "failed" : step.role.rawValue
            var label = placer.place(":\(step.line)", kind: kind, at: scale.percent(step.start))
            label?.target = "\(prefix)-step-\(index + 1)"
            return label
        }
    }

    var tickLabels: [Label] {
        scale.ticks.map { second in
            Label(
                words: Scale.clock(second), kind: "tick", row: 0, left: SVG.number(scale.percent(second)),
                right: nil, target: nil)
        }
    }
}
