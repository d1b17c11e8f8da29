public import Evidence
public import Foundation

/// Whether somebody lowered the wall on purpose, and what of it may be down then.
///
/// `DRILL_WALL=lowered` lets drills go on where a host's own files, environment or sockets can be seen from inside. It is
/// in the run's record and in each verdict, and the gate takes none of them. A way out of the sandbox's network is
/// refused all the same: nothing lowers that.
public struct WallOrder: Sendable {
    /// The variable that lowers the wall.
    public static let variable = "DRILL_WALL"
    /// What may be down by order; a look that is not named here always holds or nothing is injected.
    static let lowerable = ["environment", "mounts", "files of the host", "descriptors", "abstract sockets"]

    /// Whether the wall was lowered on purpose.
    public let isLowered: Bool

    /// Reads the order of this process.
    ///
    /// - Throws: ``DrillError`` when the variable says anything but `lowered`: a slip must not weaken a run, nor seem to.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let said = environment[Self.variable] ?? ""
        guard said.isEmpty || said == "lowered" else {
            throw DrillError(
                "\(Self.variable) is neither empty nor `lowered`", lastSeen: said,
                next: "unset it; `lowered` makes verdicts that the gate refuses")
        }
        isLowered = said == "lowered"
    }

    /// The order under which a run began.
    init(of record: RunRecord) { isLowered = record.wallLowered }

    /// Sees that a proof is as good as was ordered.
    ///
    /// - Parameter refusal: What is wrong, if it is not.
    /// - Throws: ``DrillError`` naming each look that did not hold and had to; nothing is injected then.
    public func admit(
        _ proof: [BoundaryCheck], or refusal: String = "the wall does not hold, so nothing was injected"
    ) throws {
        let broken = proof.filter { !$0.ok }
        let fatal = broken.filter { !isLowered || !Self.isLowerable($0) }
        guard !fatal.isEmpty else { return }
        let may = broken.allSatisfy(Self.isLowerable)
        throw DrillError(
            refusal,
            lastSeen: fatal.map { "\($0.check): \($0.seen)" }.joined(separator: "\n"),
            next: "run `drillctl doctor`"
                + (may
                    ? "; \(Self.variable)=lowered drills all the same, for verdicts that the gate refuses"
                    : ""))
    }

    private static func isLowerable(_ check: BoundaryCheck) -> Bool {
        lowerable.contains { check.check == "sandbox: \($0)" || check.check == "operator: \($0)" }
    }
}
