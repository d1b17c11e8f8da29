/// What a run's evidence is about, which decides in which folder it lies.
public enum EvidenceShelf: String, Codable, Sendable, CaseIterable {
    /// Verdicts of the runbook: what a gate may count.
    case verdicts
    /// What must not pass, and what an experiment with something changed about it came to.
    case controls
    /// What a person recovered by hand.
    case byHand = "by-hand"
}
