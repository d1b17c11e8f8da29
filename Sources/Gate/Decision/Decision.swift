import Runbooks

/// What the gate says of a change, and why.
public struct Decision: Sendable {
    /// How many files the change touches.
    public let files: Int
    let touches: [Classification.Touch]
    let asked: [ChangeClass]
    /// Why it is refused whatever the evidence; empty for most changes.
    public let reasons: [String]
    /// The paths that a person decides on.
    public let toDecide: [String]
    let drills: [DrillFinding]

    /// Whether the change may pass.
    public var isAccepted: Bool { reasons.isEmpty && drills.allSatisfy(\.missing.isEmpty) }

    /// The classes that it touches or was asked for, in the order of their declaration.
    var classes: [ChangeClass] { Set(touches.map(\.changeClass) + asked).sorted() }

    /// Every reason in words, the cases' too.
    public var allReasons: [String] {
        reasons
            + drills.flatMap { drill in
                drill.missing.flatMap { one in
                    one.obstacles.map { "\(drill.drill)/\(one.name): \($0.words)" }
                }
            }
    }
}

/// How a drill that a change requires stands.
struct DrillFinding: Sendable {
    /// One case of it.
    struct Case: Sendable {
        let name: String
        /// Why no verdict counts; empty where one does.
        let obstacles: [Obstacle]
    }

    let profile: String
    let drill: String
    let section: String
    /// The classes for which it is required.
    let classes: [ChangeClass]
    let cases: [Case]

    /// The cases for which no verdict counts.
    var missing: [Case] { cases.filter { !$0.obstacles.isEmpty } }
}
