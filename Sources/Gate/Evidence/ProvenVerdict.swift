public import Evidence
public import Foundation

/// A verdict as the gate takes it: facts that somebody else has proven, or could not.
public struct ProvenVerdict: Sendable, Equatable {
    /// The run's name.
    public var run: String
    /// The lab's profile.
    public var profile: String
    /// The drill's suite.
    public var drill: String
    /// The case within it.
    public var `case`: String
    /// What it came to.
    public var result: Verdict.Result
    /// Why, in the verdict's own words.
    public var reason: String
    /// The kind of the fault; nil where none was injected.
    public var faultKind: String?
    /// Whether the fault was seen from elsewhere.
    public var faultConfirmed: Bool
    /// The commit that it was made at.
    public var commit: String
    /// Whether anything differed from that commit.
    public var dirty: Bool
    /// What it was made with, by digest; nil where its commit is not in this repository.
    public var materials: [Material: String]?
    /// Whether a trusted key signed it.
    public var isTrusted: Bool
    /// Whoever signed it, for messages; nil when nobody did.
    public var signer: String?
    /// What stood in for parts of prod.
    public var substitutions: [Substitution]
    /// Components that were not as the parity manifest declares.
    public var drift: [String]
    /// Why the wall around the lab was not whole; nil where it was proven to be.
    public var wallTrouble: String?
    /// When it ended; nil when it was cut off.
    public var finished: Date?

    /// A verdict of a case of which nothing more is known yet, and which so counts for nothing.
    public init(run: String, profile: String, drill: String, case: String) {
        self.run = run
        self.profile = profile
        self.drill = drill
        self.case = `case`
        result = .unproven
        reason = Verdict.cutOff
        faultConfirmed = false
        commit = "unknown"
        dirty = true
        isTrusted = false
        substitutions = []
        drift = []
        wallTrouble = "the wall was not proven"
    }
}
