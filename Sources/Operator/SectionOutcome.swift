public import Runbooks

/// What happens while a section is followed, for the journal.
public enum SectionEvent: Sendable, Equatable {
    /// A step begins: its line, who does it, its item, and the script with its placeholders bound.
    case stepStarted(line: Int, role: Role, item: String, command: String)
    /// The human answered a prompt by typing the named secret.
    case humanAnswered(line: Int, prompt: String, secretName: String)
    /// The human ran an errand: what he saw, and what he did about it.
    case errandRun(line: Int, saw: String, did: String)
    /// A step ended, well or not.
    case stepFinished(StepRecord)
}

/// What came of following a section.
public struct SectionOutcome: Sendable, Equatable {
    /// How it ended.
    public enum End: Sendable, Equatable {
        /// Every step succeeded; a section without steps is followed, too.
        case followed
        /// A step failed; none after it was run.
        case failed(line: Int, reason: String)
        /// Nothing was run: nobody plays this [HUMAN] item. The verdict is unproven.
        case unplayed(line: Int, item: String)
        /// Nothing was run: the section cannot be followed to the letter, an unbound placeholder for example.
        case notRun([RunbookProblem])
        /// The task was cancelled at this line. The verdict is unproven.
        case interrupted(line: Int)
    }

    /// How it ended.
    public var end: End
    /// The runbook's file name for messages.
    public var file: String
    /// The steps that were begun, in their order.
    public var steps: [StepRecord]
    /// The declared minutes of the [HUMAN] items that were begun; they count towards recovery.
    public var humanMinutes: Double

    /// What kept the section from being followed, as `CLUSTER_RECOVERY.md:LINE: …`; nil when nothing did.
    public var message: String? {
        switch end {
        case .followed: nil
        case .failed(let line, let reason): "\(file):\(line): \(reason)"
        case .unplayed(let line, let item):
            "\(file):\(line): nobody plays `\(item)`; give it an entry in the human's table"
        case .notRun(let problems): problems.map(\.description).joined(separator: "\n")
        case .interrupted(let line): "\(file):\(line): the run was cut off here"
        }
    }
}
