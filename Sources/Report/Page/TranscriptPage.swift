import Evidence

/// The steps of a case as they were followed, the failed one open.
struct TranscriptPage {
    /// One step.
    struct Step {
        let stepAnchor: String
        let line: Int
        let role: String
        let first: String
        let ending: String
        let command: String
        let answers: [StepSpan.Answer]
        let output: String?
        let complaint: String?
        let isCut: Bool
        let isFailed: Bool
        let isSilent: Bool
    }

    let transcriptSteps: [Step]
    let count: String
    let isOpen: Bool

    init(_ steps: [StepSpan], failing: FailingPoint?, prefix: String) {
        transcriptSteps = steps.enumerated().map { index, step in
            let exit = step.exit.map { "exit \($0), " } ?? ""
            let took = step.end.map { HumanDuration.text(seconds: $0 - step.start) } ?? "cut off"
            let first =
                step.command.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
            return Step(
                stepAnchor: "\(prefix)-step-\(index + 1)", line: step.line,
                role: step.role == .human ? "HUMAN" : "AGENT", first: String(first.prefix(160)),
                ending: exit + took, command: step.command, answers: step.answers,
                output: Self.text(step.stdout), complaint: Self.text(step.stderr), isCut: step.isTruncated,
                isFailed: index == failing?.step, isSilent: step.stdout.isEmpty && step.stderr.isEmpty)
        }
        count = steps.count == 1 ? "1 step" : "\(steps.count) steps"
        isOpen = failing?.step != nil
    }

    /// What a stream held, nil for nothing: to a template an empty text is something.
    private static func text(_ stream: String) -> String? { stream.isEmpty ? nil : stream.withoutColours }
}
