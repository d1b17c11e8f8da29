/// What the journal says of the runbook's steps.
extension JournalEntry {
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
}
