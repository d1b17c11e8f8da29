/// How the guests' instructions were run, decided once.
public struct Accelerator: Codable, Sendable, Equatable {
    /// The one that was used, such as `tcg`.
    public var name: String
    /// What was tried, in order, each with what was seen, such as `kvm: guest kernel silent for 5 s`.
    public var tried: [String]
    /// Why it is this one.
    public var reason: String

    /// Records the decision.
    public init(name: String, tried: [String], reason: String) {
        self.name = name
        self.tried = tried
        self.reason = reason
    }
}

/// One component as it was seen in the guests, against prod and against what the profile declares.
public struct ParityObservation: Codable, Sendable, Equatable {
    /// How the observed compares with the expected.
    public enum Comparison: String, Codable, Sendable {
        /// As declared.
        case ok
        /// Not as declared, or not seen at all.
        case drift
    }

    /// The component, such as `vault`.
    public var component: String
    /// What prod has; absent when prod has no such thing.
    public var prod: String?
    /// What the profile declares for the sandbox; absent when it declares that there is nothing.
    public var expected: String?
    /// What was seen in the guests; absent when nothing was.
    public var observed: String?
    /// Whether the two agree.
    public var comparison: Comparison

    /// Compares word for word; whoever observes brings versions into one form first.
    public init(component: String, prod: String?, expected: String?, observed: String?) {
        self.component = component
        self.prod = prod
        self.expected = expected
        self.observed = observed
        comparison = expected == observed ? .ok : .drift
    }
}

/// One look at the wall around the sandbox.
public struct BoundaryCheck: Codable, Sendable, Equatable {
    /// What was tried, such as `connect to 192.168.1.201:22`.
    public var check: String
    /// Whether the wall held.
    public var ok: Bool
    /// What was seen, such as `Network is unreachable`.
    public var seen: String
    /// How long it took.
    public var seconds: Double

    /// Records a look.
    public init(check: String, ok: Bool, seen: String, seconds: Double) {
        self.check = check
        self.ok = ok
        self.seen = seen
        self.seconds = seconds
    }
}
