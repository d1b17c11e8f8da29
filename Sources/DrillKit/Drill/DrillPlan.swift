public import Operator
public import Runbooks

/// What one case of a drill is about, before anything runs: the section, the budgets and the human.
public struct DrillPlan: Sendable {
    /// The suite's name, as RECOVERY_MAP.md has it.
    public var drill: String
    /// The case's name.
    public var caseName: String
    /// The section of the runbook that recovers the lab.
    public var section: Section
    /// The row of RECOVERY_MAP.md with the budgets.
    public var row: RecoveryMap.Row
    /// SHA-256 of the drill's own sources; nil where they were not read.
    public var drillSHA256: String?
    /// What `<placeholders>` in the section's blocks stand for.
    public var bindings: [String: String]
    /// What the simulated human does at [HUMAN] items.
    public var human: HumanTable
    /// What the human types instead of a secret; empty but in tests of what a wrong one does.
    public var slips: [String: String] = [:]
    /// Told what happens as it happens, for who watches.
    public var say: @Sendable (String) -> Void = { _ in }
    /// How long one step may take before it is cut off.
    public var stepDeadline: Duration = .seconds(120)
    /// Whether a person recovers the lab by hand, rather than the section.
    public var isByHand = false
    /// How long the lab may take to be whole once the section has been followed; the budget judges the whole recovery.
    public var settleDeadline: Duration = .seconds(120)

    /// Makes a plan; see the properties.
    public init(
        drill: String, caseName: String, section: Section, row: RecoveryMap.Row,
        bindings: [String: String], human: HumanTable
    ) {
        self.drill = drill
        self.caseName = caseName
        self.section = section
        self.row = row
        self.bindings = bindings
        self.human = human
    }
}

/// A person who recovers the lab by hand gives up.
public struct GivenUp: Error, CustomStringConvertible {
    /// Gives up.
    public init() {}

    /// The verdict's reason.
    public var description: String { "given up by hand, before the lab was whole; nothing was read back" }
}

/// How a drill can end before its last line.
enum DrillEnding: Error {
    /// The section did not bring the lab back, or something was lost.
    case failed(String)
    /// Nothing can be said: the fault did not take effect, the lab was not healthy, nobody played an item.
    case unproven(String)
}
