/// Who follows a step.
public enum StepRole: String, Codable, Sendable {
    /// A shell block that is run.
    case agent
    /// An item that the simulated operator plays.
    case human
}

extension Verdict {
    /// A section of the runbook, by title, place and text.
    public struct Section: Codable, Sendable, Equatable {
        /// The heading's text.
        public var title: String
        /// The heading's line, counted from 1.
        public var line: Int
        /// SHA-256 of the section's text, in lower-case hexadecimal.
        public var sha256: String

        /// Names a section.
        public init(title: String, line: Int, sha256: String) {
            self.title = title
            self.line = line
            self.sha256 = sha256
        }
    }

    /// One real thing that was made to go wrong.
    public struct Fault: Codable, Sendable, Equatable {
        /// What it is, such as `vault operator seal`.
        public var kind: String
        /// What it hit, such as `pi2`.
        public var target: String
        /// Whether it was seen from another vantage than the injector's.
        public var confirmed: Bool
        /// What that vantage saw last; null when nobody looked.
        @ExplicitNull public var seen: String?

        /// Describes a fault; it is not confirmed until someone else saw it.
        public init(kind: String, target: String, confirmed: Bool = false, seen: String? = nil) {
            self.kind = kind
            self.target = target
            self.confirmed = confirmed
            self.seen = seen
        }
    }

    /// One step that was followed.
    public struct Step: Codable, Sendable, Equatable {
        /// Its line in the runbook, counted from 1.
        public var line: Int
        /// Who followed it.
        public var role: StepRole
        /// What was run or done, redacted.
        public var command: String
        /// The exit status; null when there is none: nothing was run, or it was stopped at its deadline.
        @ExplicitNull public var exit: Int?
        /// How long it took.
        public var seconds: Double

        /// Records a step.
        public init(line: Int, role: StepRole, command: String, exit: Int?, seconds: Double) {
            self.line = line
            self.role = role
            self.command = command
            self.exit = exit
            self.seconds = seconds
        }
    }

    /// What the drill ran in.
    public struct Sandbox: Codable, Sendable, Equatable {
        /// What made the machines, such as `qemu`.
        public var provider: String
        /// How the guests' instructions were run, such as `tcg` or `kvm`.
        public var accelerator: String
        /// The profile, such as `lab`.
        public var profile: String
        /// Versions seen in the guests, by component.
        public var observed: [String: String]
        /// What stood in for parts of prod.
        public var substitutions: [Substitution]
        /// True where somebody lowered the wall on purpose; absent otherwise.
        public var wallLowered: Bool?

        /// Describes a sandbox; what is not known yet is `unknown`.
        public init(
            provider: String = "unknown", accelerator: String = "unknown", profile: String = "unknown",
            observed: [String: String] = [:], substitutions: [Substitution] = []
        ) {
            self.provider = provider
            self.accelerator = accelerator
            self.profile = profile
            self.observed = observed
            self.substitutions = substitutions
        }
    }
}
