public import Runbooks

/// Follows a section of the runbook to the letter, in one shell.
public enum SectionFollower {
    /// Follows the section's steps in their order until one fails.
    ///
    /// Nothing is run before every placeholder of every block is bound and every [HUMAN] item has somebody
    /// who plays it.
    ///
    /// - Parameters:
    ///   - shell: A fresh shell; after a failed step it is over.
    ///   - bindings: What the runbook's placeholders stand for.
    ///   - stepDeadline: How long one step may take; after it the shell is killed.
    ///   - errands: Runs the errands of the human's table.
    ///   - onEvent: Called for each event as it happens, in order.
    public static func follow(
        _ section: Section, in shell: OperatorShell, human: SimulatedHuman, bindings: [String: String],
        stepDeadline: Duration, errands: ErrandRunner? = nil, onEvent: (SectionEvent) -> Void = { _ in }
    ) async -> SectionOutcome {
        var outcome = SectionOutcome(end: .followed, file: section.file, steps: [], humanMinutes: 0)
        let steps: [Step]
        do throws(RunbookError) {
            steps = try section.boundSteps(with: bindings)
        } catch {
            outcome.end = .notRun(error.problems)
            return outcome
        }
        for step in steps where step.role == .human {
            let entry = human.table.entry(for: step.item)
            guard entry == nil || (entry?.errand != nil && errands == nil) else { continue }
            outcome.end = .unplayed(line: step.line, item: step.item)
            return outcome
        }
        var begunItems: Set<Int> = []
        for step in steps {
            let entry = step.role == .human ? human.table.entry(for: step.item) : nil
            // An item with several blocks is one errand.
            let begins = begunItems.insert(step.line).inserted
            if let entry, begins { outcome.humanMinutes += entry.minutes }
            onEvent(
                .stepStarted(
                    line: step.position, role: step.role, item: step.item, command: step.block?.script ?? ""))
            if begins, let failed = await runErrand(of: entry, at: step, errands, onEvent: onEvent) {
                outcome.end = failed
                let record = StepRecord(step, notDone: failed)
                onEvent(.stepFinished(record))
                outcome.steps.append(record)
                break
            }
            let turn = entry.map(human.turn(for:))
            let (record, end) = await run(
                step, in: shell, turn: turn, deadline: stepDeadline, onEvent: onEvent)
            onEvent(.stepFinished(record))
            outcome.steps.append(record)
            outcome.end = end
            guard end == .followed else { break }
        }
        return outcome
    }

    /// What the human does with his hands before he types; the section's end when he cannot.
    private static func runErrand(
        of entry: HumanTable.Entry?, at step: Step, _ errands: ErrandRunner?,
        onEvent: (SectionEvent) -> Void
    ) async -> SectionOutcome.End? {
        guard let errand = entry?.errand, let errands else { return nil }
        do {
            let report = try await errands(errand)
            onEvent(.errandRun(line: step.position, saw: report.saw, did: report.did))
            return nil
        } catch is CancellationError {
            return .interrupted(line: step.position)
        } catch {
            return .failed(line: step.position, reason: "`\(errand.rawValue)` could not be done: \(error)")
        }
    }

    private static func run(
        _ step: Step, in shell: OperatorShell, turn: HumanTurn?, deadline: Duration,
        onEvent: (SectionEvent) -> Void
    ) async -> (StepRecord, SectionOutcome.End) {
        guard let block = step.block else { return (StepRecord(step), .followed) }
        let task = ShellStep(
            file: block.file, firstLine: block.firstLine, lastLine: block.lastLine, script: block.script,
            expectedExits: step.expectedExits)
        do throws(OperatorError) {
            let result = try await shell.run(task, turn: turn, deadline: deadline) { answer in
                onEvent(
                    .humanAnswered(
                        line: step.position, prompt: answer.prompt, secretName: answer.secretName))
            }
            let failure = StepFailure.of(task, result, turn: turn)
            let record = StepRecord(step, script: block.script, result, turn: turn, failure: failure)
            if result.end == .cancelled { return (record, .interrupted(line: step.position)) }
            guard let failure else { return (record, .followed) }
            return (record, .failed(line: failure.line, reason: record.reason ?? failure.reason))
        } catch {
            var record = StepRecord(step)
            record.command = block.script
            record.failedLine = step.position
            record.reason = error.description
            return (record, .failed(line: step.position, reason: error.description))
        }
    }
}
