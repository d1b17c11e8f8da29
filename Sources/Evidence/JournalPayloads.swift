extension JournalEntry {
    /// What probes saw of the lab.
    public struct Observed: Codable, Sendable, Equatable {
        /// What was seen, by what was looked at, such as `pi1 vault`: `unsealed, leader`.
        public var seen: [String: String]
        /// How long it took until all of it was seen.
        public var seconds: Double

        /// Records what was seen.
        public init(seen: [String: String], seconds: Double) {
            self.seen = seen
            self.seconds = seconds
        }
    }

    /// A fault, as its injector describes it.
    public struct Injected: Codable, Sendable, Equatable {
        /// What it is, such as `vault operator seal`.
        public var fault: String
        /// What it hit, such as `pi2`.
        public var target: String
        /// How it was done, for a person.
        public var detail: String

        /// Records an injection.
        public init(fault: String, target: String, detail: String) {
            self.fault = fault
            self.target = target
            self.detail = detail
        }
    }

    /// A fault, as someone other than its injector saw it.
    public struct Confirmed: Codable, Sendable, Equatable {
        /// What it is, as in the injection's line.
        public var fault: String
        /// What it hit.
        public var target: String
        /// From where it was seen, such as `client of https://pi1:8200`.
        public var vantage: String
        /// What was seen from there.
        public var seen: String

        /// Records a confirmation.
        public init(fault: String, target: String, vantage: String, seen: String) {
            self.fault = fault
            self.target = target
            self.vantage = vantage
            self.seen = seen
        }
    }

    /// A step that begins.
    public struct StepStarted: Codable, Sendable, Equatable {
        /// Its line in the runbook, counted from 1.
        public var line: Int
        /// Who follows it.
        public var role: StepRole
        /// What is run or done.
        public var command: String

        /// Records a beginning.
        public init(line: Int, role: StepRole, command: String) {
            self.line = line
            self.role = role
            self.command = command
        }
    }

    /// A step that has ended.
    public struct StepFinished: Codable, Sendable, Equatable {
        /// Its line in the runbook, counted from 1.
        public var line: Int
        /// Who followed it.
        public var role: StepRole
        /// What was run or done.
        public var command: String
        /// What it wrote to standard output; of a pseudo-terminal, everything.
        public var stdout: String
        /// What it wrote to standard error.
        public var stderr: String
        /// Its exit status; absent when there is none: nothing was run, or it was stopped at its deadline.
        public var exit: Int?
        /// How long it took.
        public var seconds: Double
        /// Whether output was left out here for its size.
        public var truncated: Bool

        /// Records an end.
        public init(
            line: Int, role: StepRole, command: String, stdout: String, stderr: String, exit: Int?,
            seconds: Double, truncated: Bool = false
        ) {
            self.line = line
            self.role = role
            self.command = command
            self.stdout = stdout
            self.stderr = stderr
            self.exit = exit
            self.seconds = seconds
            self.truncated = truncated
        }
    }

    /// Something that the simulated operator did.
    public struct HumanAnswered: Codable, Sendable, Equatable {
        /// The line of the runbook that asked for it, counted from 1.
        public var line: Int
        /// What he was asked, such as `Unseal Key (will be hidden):`.
        public var prompt: String
        /// What he gave: the name of a secret, never its value, or what he did.
        public var gave: String

        /// Records an answer.
        public init(line: Int, prompt: String, gave: String) {
            self.line = line
            self.prompt = prompt
            self.gave = gave
        }
    }

    /// One write of a client.
    public struct Written: Codable, Sendable, Equatable {
        /// What became of it so far.
        public enum Outcome: String, Codable, Sendable {
            /// It is about to be sent.
            case sent
            /// The store said that it is kept.
            case acknowledged
            /// The store said no.
            case refused
            /// No answer came, so that nobody knows.
            case unknown
        }

        /// The store, such as `vault`.
        public var store: String
        /// The write's own number in that store, counted from 1.
        public var number: Int
        /// What the store answered.
        public var outcome: Outcome
        /// How long the answer took.
        public var seconds: Double
        /// The answer's words where they tell something, such as `503 Vault is sealed`; absent otherwise.
        public var detail: String?

        /// Records a write.
        public init(store: String, number: Int, outcome: Outcome, seconds: Double, detail: String? = nil) {
            self.store = store
            self.number = number
            self.outcome = outcome
            self.seconds = seconds
            self.detail = detail
        }
    }

    /// What was left of a store's writes when they were read back.
    public struct ReadBack: Codable, Sendable, Equatable {
        /// The store, such as `vault`.
        public var store: String
        /// Writes that the store had acknowledged.
        public var acknowledged: Int
        /// Writes that the store had refused.
        public var refused: Int
        /// Writes that had got no answer.
        public var unknown: Int
        /// The numbers of the acknowledged writes that are gone.
        public var lost: [Int]

        /// Records a reading back.
        public init(store: String, acknowledged: Int, refused: Int, unknown: Int, lost: [Int]) {
            self.store = store
            self.acknowledged = acknowledged
            self.refused = refused
            self.unknown = unknown
            self.lost = lost
        }
    }

    /// Anything else worth knowing.
    public struct Note: Codable, Sendable, Equatable {
        /// One sentence.
        public var text: String
        /// Values that belong to it, by name.
        public var fields: [String: String]

        /// Records a note.
        public init(_ text: String, fields: [String: String] = [:]) {
            self.text = text
            self.fields = fields
        }
    }

    /// A verdict, in short; `verdict.json` has all of it.
    public struct Judged: Codable, Sendable, Equatable {
        /// What the case came to.
        public var result: Verdict.Result
        /// Why.
        public var reason: String

        /// Records a verdict.
        public init(result: Verdict.Result, reason: String) {
            self.result = result
            self.reason = reason
        }
    }
}
