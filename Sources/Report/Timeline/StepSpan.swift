import Evidence

/// One step as it was followed, from its beginning to its end.
struct StepSpan: Equatable {
    /// One thing that the simulated operator was asked and did meanwhile.
    struct Answer: Equatable {
        var prompt: String
        var gave: String
    }

    var line: Int
    var role: StepRole
    var command: String
    var start: Double
    /// When it ended; nil when the journal ends before.
    var end: Double?
    var exit: Int?
    var stdout = ""
    var stderr = ""
    var isTruncated = false
    var answers: [Answer] = []

    /// The steps of a journal, in order.
    static func all(in events: [JournalEvent]) -> [StepSpan] {
        var steps: [StepSpan] = []
        for event in events {
            switch event.entry {
            case .stepStarted(let step):
                steps.append(
                    StepSpan(line: step.line, role: step.role, command: step.command, start: event.at))
            case .humanAnswered(let answer):
                guard !steps.isEmpty else { continue }
                steps[steps.count - 1].answers.append(.init(prompt: answer.prompt, gave: answer.gave))
            case .stepFinished(let step):
                // A journal without the beginning tells the end all the same.
                if steps.last.map({ $0.end != nil || $0.line != step.line }) ?? true {
                    steps.append(
                        StepSpan(
                            line: step.line, role: step.role, command: step.command,
                            start: max(0, event.at - step.seconds)))
                }
                steps[steps.count - 1].finish(step, at: event.at)
            default: continue
            }
        }
        return steps
    }

    private mutating func finish(_ step: JournalEntry.StepFinished, at moment: Double) {
        end = moment
        exit = step.exit
        stdout = step.stdout
        stderr = step.stderr
        isTruncated = step.truncated
    }
}
