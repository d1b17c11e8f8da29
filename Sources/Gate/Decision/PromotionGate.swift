public import Foundation
public import Runbooks

/// Decides on a change, from facts alone.
public struct PromotionGate: Sendable {
    /// What it decides by.
    public var law: Law
    /// All evidence there is, in the order of its chain.
    public var verdicts: [ProvenVerdict]
    /// What the change holds, for a row of the map.
    public var materials: @Sendable (RecoveryMap.Row) -> [Material: String]
    /// Whether only evidence counts that a trusted key signed.
    public var requiresSignature: Bool
    /// Whether a person has decided on what the change makes of the law.
    public var isDecided: Bool
    /// Classes that are asked for beside those that the change touches.
    public var asked: Set<ChangeClass>
    /// The moment by which evidence is old.
    public var now: Date
    /// What is wrong with the evidence as a whole; where anything is, none of it counts.
    public var evidenceTroubles: [String] = []

    /// Takes what decides.
    public init(
        law: Law, verdicts: [ProvenVerdict], requiresSignature: Bool, isDecided: Bool = false,
        asked: Set<ChangeClass> = [], now: Date,
        materials: @escaping @Sendable (RecoveryMap.Row) -> [Material: String]
    ) {
        self.law = law
        self.verdicts = verdicts
        self.materials = materials
        self.requiresSignature = requiresSignature
        self.isDecided = isDecided
        self.asked = asked
        self.now = now
    }

    /// Judges a change.
    ///
    /// - Throws: ``GateError`` where there is nothing to judge, so that a wrong base never passes.
    public func decide(_ change: Change) throws(GateError) -> Decision {
        guard !change.files.isEmpty else {
            throw GateError(
                "nothing differs from the base; name the revision that this change is to be promoted from")
        }
        let classification = Classification(of: change, by: law)
        let classes = classification.classes.union(asked)
        let undrilled = classes.sorted().filter { wanted in
            !law.map.rows.contains { $0.changeClasses.contains(wanted) }
        }
        var reasons = classification.troubles
        if !classification.toDecide.isEmpty, !isDecided {
            reasons.append(
                "a person has to decide on what the gate decides by: \(classification.toDecide.joined(separator: ", "))"
            )
        }
        reasons += undrilled.map {
            "class \($0) has no drill in \(Law.mapFile), so nothing can show that it is safe"
        }
        if !classes.isEmpty { reasons += evidenceTroubles.map { "the evidence does not verify: \($0)" } }
        return Decision(
            files: change.files.count, touches: classification.touches, asked: asked.sorted(),
            reasons: reasons, toDecide: classification.toDecide, drills: findings(for: classes))
    }

    /// For each drill and class that are required, all rows of the profile in which that drill stands best.
    private func findings(for classes: Set<ChangeClass>) -> [DrillFinding] {
        let judge = CaseJudge(
            law: law, verdicts: verdicts, materials: materials, requiresSignature: requiresSignature, now: now
        )
        func finding(_ row: RecoveryMap.Row, _ classes: [ChangeClass]) -> DrillFinding {
            DrillFinding(
                profile: row.profile, drill: row.drill, section: row.section, classes: classes,
                cases: row.cases.map {
                    .init(name: $0, obstacles: judge.obstacles(row, $0, for: Set(classes)))
                })
        }
        var chosen: [(row: RecoveryMap.Row, classes: [ChangeClass])] = []
        for changeClass in classes.sorted() {
            let rows = law.map.rows.filter { $0.changeClasses.contains(changeClass) }
            for drill in Set(rows.map(\.drill)) {
                let profiles = Dictionary(grouping: rows.filter { $0.drill == drill }, by: \.profile).values
                func missing(_ rows: [RecoveryMap.Row]) -> (cases: Int, line: Int) {
                    (rows.map { finding($0, [changeClass]).missing.count }.reduce(0, +), rows[0].line)
                }
                for row in profiles.min(by: { missing($0) < missing($1) }) ?? [] {
                    if let place = chosen.firstIndex(where: { $0.row == row }) {
                        chosen[place].classes.append(changeClass)
                    } else {
                        chosen.append((row, [changeClass]))
                    }
                }
            }
        }
        return chosen.sorted { $0.row.line < $1.row.line }.map(finding)
    }
}
