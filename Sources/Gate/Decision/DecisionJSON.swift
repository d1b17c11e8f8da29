import Evidence
import Foundation
import Runbooks

/// A decision as CI reads it.
struct DecisionJSON: Encodable {
    struct Touch: Encodable {
        var changeClass: String
        var path: String
        var why: String
    }

    struct Drill: Encodable {
        struct Case: Encodable {
            var name: String
            var missing: [String]
        }

        var profile: String
        var drill: String
        var section: String
        var classes: [String]
        var cases: [Case]
    }

    /// `accept`, `refuse` or `cannot tell`.
    var decision: String
    var base: String?
    var head: String?
    var classes: [String] = []
    var touches: [Touch] = []
    /// Why it is refused whatever the evidence, or why nothing can be told.
    var reasons: [String] = []
    var drills: [Drill] = []
    var supply: [String] = []

    init(_ decision: Decision, base: String, head: String, supply: [String]) {
        self.decision = decision.isAccepted ? "accept" : "refuse"
        self.base = base
        self.head = head
        classes = decision.classes.map(\.rawValue)
        touches = decision.touches.map {
            .init(changeClass: $0.changeClass.rawValue, path: $0.path, why: $0.why)
        }
        reasons = decision.reasons
        drills = decision.drills.map { drill in
            Drill(
                profile: drill.profile, drill: drill.drill, section: drill.section,
                classes: drill.classes.map(\.rawValue),
                cases: drill.cases.map { .init(name: $0.name, missing: $0.obstacles.map(\.words)) })
        }
        self.supply = supply
    }

    /// That nothing can be told, and why.
    init(cannotTell reason: String) {
        decision = "cannot tell"
        reasons = [reason]
    }

    func text() throws -> String {
        return try EvidenceJSON.text(self)
    }
}
