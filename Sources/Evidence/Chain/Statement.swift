/// An in-toto Statement v1 about one case of a drill, with the test-result predicate v0.1.
///
/// Source: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md. That predicate
/// knows no "unproven": here it is `FAILED`, since only a passed case counts, and `recoveryDrill.verdict` tells
/// the two apart. Nothing is ever `WARNED`.
public struct Statement: Codable, Sendable, Equatable {
    /// The statement's type, the only one that is read.
    public static let type = "https://in-toto.io/Statement/v1"
    /// The predicate's type, the only one that is read.
    public static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

    /// What the case was run with, by digest; what is not known is in ``DrillEntry/unknown`` instead.
    public var subject: [Resource]
    /// What it came to.
    public var predicate: Predicate
    private var type = Statement.type
    private var predicateType = Statement.predicateType

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject
        case predicateType
        case predicate
    }

    init(subject: [Resource], predicate: Predicate) {
        self.subject = subject
        self.predicate = predicate
    }

    /// What a case was run with, by the name that its digest has among the subjects.
    public enum Subject: String, Sendable, CaseIterable {
        /// The runbook's section, its exact text.
        case section
        /// The columns of the row in RECOVERY_MAP.md that people edit.
        case mapRow
        /// The plays and what else configured the guests.
        case plays
        /// What the machine image was built from.
        case image
        /// The parity manifest.
        case parity
        /// The drill's own sources.
        case drill
        /// The harness's sources.
        case harness
        /// The commit of the checkout, under `gitCommit`.
        case commit
    }

    /// The digest of a subject; nil when it was not known.
    public func digest(of wanted: Subject) -> String? {
        subject.first { $0.name == wanted.rawValue }?.digest.values.first
    }

    /// A thing and its digest: in-toto's ResourceDescriptor.
    public struct Resource: Codable, Sendable, Equatable {
        /// A subject's name, or a file's path below the evidence folder.
        public var name: String
        /// The digest by algorithm: `sha256`, or `gitCommit` for a commit.
        public var digest: [String: String]

        init(name: String, digest: [String: String]) {
            self.name = name
            self.digest = digest
        }

        init(name: String, sha256: String) { self.init(name: name, digest: ["sha256": sha256]) }
    }

    /// The test-result predicate.
    public struct Predicate: Codable, Sendable, Equatable {
        /// `PASSED` or `FAILED`.
        public var result: String
        /// What the test was configured by: the run's `run.json`.
        public var configuration: [Resource]
        /// The case, if it passed.
        public var passedTests: [String]
        /// The case, if it did not.
        public var failedTests: [String]
        /// What in-toto has no field for.
        public var recoveryDrill: DrillEntry
    }
}
