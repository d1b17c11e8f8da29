public import Evidence
import Ledger

/// One case of a drill over all the runs that hold it, oldest first.
public struct CaseHistory: Sendable, Encodable, Equatable {
    /// What the case came to in one run.
    public struct Entry: Sendable, Encodable, Equatable {
        /// The run's name.
        public var run: String
        /// When the case began.
        public var started: Timestamp
        /// What it came to.
        public var result: Verdict.Result
        /// Whether somebody or something ended it before it could come to a verdict.
        public var wasCutOff: Bool
        /// From the fault until everything was whole again, in seconds; nil when that never came.
        public var recoverySeconds: Double?
        /// The recovery that was allowed then.
        public var budgetSeconds: Double?
        /// How long the case took, in seconds; nil when it did not end.
        public var tookSeconds: Double?
        /// The digest of the section's text then.
        public var section: String?
    }

    /// The profile it ran in.
    public let profile: String
    /// The drill.
    public let drill: String
    /// The case within it.
    public let `case`: String
    /// The section's title, as of the latest run.
    public let section: String
    /// What it came to, run by run.
    public let entries: [Entry]

    /// Recoveries in seconds, oldest first, of the runs in which everything was whole again.
    public var recoveries: [Double] { entries.compactMap(\.recoverySeconds) }
    /// The recovery in the middle; nil where it never was whole again.
    public var median: Double? { recoveries.median }
    /// How long a run of it that passed takes, in seconds; nil where none has.
    public var usualSeconds: Double? {
        entries.filter { $0.result == .passed }.compactMap(\.tookSeconds).median
    }

    /// How often it did not pass of the runs that came to an end with the section's text as it is in the latest.
    ///
    /// A case that never passed with this text is broken rather than flaky, and one that was cut off says nothing.
    public var flakes: (seen: Int, of: Int, atMost: Double) {
        let text = entries.last?.section
        let ended = entries.filter { $0.section == text && !$0.wasCutOff }
        let seen = ended.count { $0.result != .passed }
        return (seen, ended.count, ProportionBound.upper(seen, of: ended.count))
    }
}

extension CaseHistory {
    /// The flakes in words: `0 of 12, at most 23 %`.
    public var flakeWords: String {
        let flakes = flakes
        guard flakes.of > 0 else { return "never ended" }
        guard flakes.seen < flakes.of else { return "never passed" }
        return "\(flakes.seen) of \(flakes.of), at most \(Int((flakes.atMost * 100).rounded(.up))) %"
    }
}
