import Evidence

/// Where a case stopped being well: what a reader of a failed one looks for first.
struct FailingPoint: Equatable {
    /// The place in words.
    var words: String
    /// The place of the step among the case's steps, when it was a step.
    var step: Int?
}

extension FailingPoint {
    /// Finds the place; nil for a case that passed.
    ///
    /// A reason that begins with a file and a line is the section's follower's, and it stops at that step. For the
    /// rest, the journal says how far the case came.
    init?(of one: CaseEvidence, steps: [StepSpan]) {
        guard one.verdict.result != .passed else { return nil }
        if let last = steps.last, last.end == nil, one.moment(.verdict) == nil {
            self.init(words: "cut off in the step at line \(last.line)", step: steps.count - 1)
        } else if let last = steps.last, let match = one.verdict.reason.firstMatch(of: #/^[^:\s]+:(\d+): /#) {
            let line = Int(match.1) == last.line ? "" : ", in line \(match.1)"
            self.init(words: "the step at line \(last.line)\(line)", step: steps.count - 1)
        } else {
            self.init(words: Self.phase(of: one), step: nil)
        }
    }

    private static func phase(of one: CaseEvidence) -> String {
        if one.events.isEmpty { return "nothing of it was journalled" }
        if one.moment(.inject) == nil { return "before the fault: the steady state" }
        let count = { (kind: JournalEntry.Kind) in one.events.count { $0.entry.kind == kind } }
        // A fault that strikes again in the middle of the recovery is to be confirmed, too.
        if count(.confirmed) < count(.inject) { return "the fault, which was not confirmed" }
        if one.moment(.ledger) != nil { return "the ledger, read back" }
        if one.moment(.whole) != nil { return "after it was whole again" }
        return one.moment(.stepFinished) == nil
            ? "before the section's first step" : "after the section's last step"
    }
}
