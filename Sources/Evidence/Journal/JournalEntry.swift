/// What can happen in a drill, one case for each kind of line in the journal.
public enum JournalEntry: Sendable, Equatable {
    /// The lab was seen healthy before anything was done to it.
    case steady(Observed)
    /// A fault was injected.
    case inject(Injected)
    /// A fault was seen from another vantage.
    case confirmed(Confirmed)
    /// A step of the runbook begins.
    case stepStarted(StepStarted)
    /// A step of the runbook has ended.
    case stepFinished(StepFinished)
    /// The simulated operator did something.
    case humanAnswered(HumanAnswered)
    /// The section has been followed to its end.
    case followed(Followed)
    /// Everything is whole again, redundancy included.
    case whole(Observed)
    /// Acknowledged writes were read back.
    case ledger(ReadBack)
    /// Anything else worth knowing.
    case note(Note)
    /// The case's verdict.
    case verdict(Judged)

    /// The word by which a line of the journal tells what it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// See ``JournalEntry/steady(_:)``.
        case steady
        /// See ``JournalEntry/inject(_:)``.
        case inject
        /// See ``JournalEntry/confirmed(_:)``.
        case confirmed
        /// See ``JournalEntry/stepStarted(_:)``.
        case stepStarted = "step-started"
        /// See ``JournalEntry/stepFinished(_:)``.
        case stepFinished = "step-finished"
        /// See ``JournalEntry/humanAnswered(_:)``.
        case humanAnswered = "human-answered"
        /// See ``JournalEntry/followed(_:)``.
        case followed
        /// See ``JournalEntry/whole(_:)``.
        case whole
        /// See ``JournalEntry/ledger(_:)``.
        case ledger
        /// See ``JournalEntry/note(_:)``.
        case note
        /// See ``JournalEntry/verdict(_:)``.
        case verdict
    }

    /// What kind of entry this is.
    public var kind: Kind {
        switch self {
        case .steady: .steady
        case .inject: .inject
        case .confirmed: .confirmed
        case .stepStarted: .stepStarted
        case .stepFinished: .stepFinished
        case .humanAnswered: .humanAnswered
        case .followed: .followed
        case .whole: .whole
        case .ledger: .ledger
        case .note: .note
        case .verdict: .verdict
        }
    }

    /// Whether the line must survive a power cut of the host, too: what a verdict stands or falls by.
    var isImportant: Bool {
        switch self {
        case .inject, .confirmed, .whole, .ledger, .verdict: true
        default: false
        }
    }

    /// The fields of the line beyond those that every line has.
    var payload: any Encodable {
        switch self {
        case .steady(let fields), .whole(let fields): fields
        case .followed(let fields): fields
        case .inject(let fields): fields
        case .confirmed(let fields): fields
        case .stepStarted(let fields): fields
        case .stepFinished(let fields): fields
        case .humanAnswered(let fields): fields
        case .ledger(let fields): fields
        case .note(let fields): fields
        case .verdict(let fields): fields
        }
    }

    init(_ kind: Kind, from decoder: any Decoder) throws {
        self =
            switch kind {
            case .steady: .steady(try Observed(from: decoder))
            case .inject: .inject(try Injected(from: decoder))
            case .confirmed: .confirmed(try Confirmed(from: decoder))
            case .stepStarted: .stepStarted(try StepStarted(from: decoder))
            case .stepFinished: .stepFinished(try StepFinished(from: decoder))
            case .humanAnswered: .humanAnswered(try HumanAnswered(from: decoder))
            case .followed: .followed(try Followed(from: decoder))
            case .whole: .whole(try Observed(from: decoder))
            case .ledger: .ledger(try ReadBack(from: decoder))
            case .note: .note(try Note(from: decoder))
            case .verdict: .verdict(try Judged(from: decoder))
            }
    }
}
