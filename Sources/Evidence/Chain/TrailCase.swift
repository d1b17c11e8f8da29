/// One case as its trail tells of it.
public struct TrailCase: Sendable {
    /// The statement of its end, or of its beginning where it was cut off.
    public let statement: Statement
    /// The verdict.
    ///
    /// Where the case was cut off, or anything is wrong with its evidence, it is unproven, whatever a file says.
    public let verdict: Verdict
    /// The record of its run; nil where anything is wrong with the case, or it was cut off and the record is gone.
    public let run: RunRecord?
    /// Who signed that statement; nil when nobody did.
    public let signer: PublicKey?
    /// Whether a key that was named as trusted signed it.
    public let isTrusted: Bool
    /// What is wrong with it; also among the trail's troubles.
    public let troubles: [TrailTrouble]

    /// What the statement says beyond in-toto's own fields.
    public var entry: DrillEntry { statement.predicate.recoveryDrill }
    /// Whether it began and never ended.
    public var isCutOff: Bool { entry.link.begun == nil }
}
