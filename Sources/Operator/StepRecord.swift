public import Runbooks

/// What came of one step: the transcript's entry, and the verdict's.
///
/// Secrets that the human typed are replaced by their names; others are the journal's to redact.
public struct StepRecord: Sendable, Codable, Equatable {
    /// The Markdown line of the block's first line, or of the item where it has no block.
    public var line: Int
    /// Who did it.
    public var role: Role
    /// The item it belongs to.
    public var item: String
    /// The script as it was run; empty for an item without a block.
    public var command: String
    /// What it printed; for the human what his terminal showed.
    ///
    /// At most 128 KiB, half of them from each end.
    public var stdout: String
    /// What it printed on standard error; bounded as `stdout` is.
    public var stderr: String
    /// The exit status; nil where nothing was run, or the shell was killed or replaced.
    public var exit: Int32?
    /// How long it took, in seconds of this host.
    public var seconds: Double
    /// How many bytes of output are not in `stdout` and `stderr`.
    public var omittedBytes: Int
    /// The Markdown line that failed; nil when the step succeeded.
    public var failedLine: Int?
    /// Why it failed; nil when it succeeded.
    public var reason: String?
}

extension StepRecord {
    /// The record of an item that is done without the shell.
    init(_ step: Step) {
        self.init(
            line: step.position, role: step.role, item: step.item, command: "", stdout: "", stderr: "",
            seconds: 0, omittedBytes: 0)
    }

    /// The record of a step that was begun and went no further than its errand.
    init(_ step: Step, notDone end: SectionOutcome.End) {
        self.init(step)
        command = step.block?.script ?? ""
        failedLine = step.position
        reason =
            switch end {
            case .failed(_, let reason): reason
            case .unplayed: "nobody runs its errand"
            case .followed, .notRun, .interrupted: "the run was cut off here"
            }
    }

    init(
        _ step: Step, script: String, _ result: ShellStepResult, turn: HumanTurn?, failure: StepFailure?
    ) {
        let exit: Int32? =
            switch result.end {
            case .finished(let status): status
            case .shellEnded: result.notes.failure?.status ?? result.notes.exit?.status
            case .deadline, .cancelled: nil
            }
        func shown(_ text: String) -> String { turn?.redacted(text) ?? text }
        self.init(
            line: step.position, role: step.role, item: step.item, command: script,
            stdout: shown(turn == nil ? result.stdout.text : result.terminal.text),
            stderr: shown(result.stderr.text), exit: exit, seconds: result.seconds,
            omittedBytes: result.stdout.omitted + result.stderr.omitted + result.terminal.omitted,
            failedLine: failure?.line, reason: (failure?.reason).map(shown))
    }
}
