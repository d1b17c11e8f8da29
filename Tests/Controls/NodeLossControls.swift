import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of NodeLoss: a section with a step missing, a machine that is not lost at all.
@Suite(.lab())
struct NodeLossControls {
    /// The machine whose loss needs the most steps: what was only there comes back from backups.
    static let database = Control(experiment: .nodeLoss, name: "pi2, with the database")

    @Test func aMachineThatIsThereIsUnproven() async throws {
        let verdict = try await Self.database.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still reaches pi2"), "\(verdict.reason)")
    }

    /// Vault's leader, and the machine that runs the app.
    static let leader = Control(experiment: .nodeLoss, name: "pi1, Vault's leader")

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "Take the lost machine out":
            "raft takes the new machine for the old one while two others know better",
        "Wait until it lets you in": "Ansible is still starting when the machine lets somebody in",
        "If it was pi2, bring the database": "here it was pi1; the loss of pi2 fails without it",
        "Wait until all three nodes": "settling checks the voters all the same",
        "Wait until all three replicas": "settling waits for the heal all the same",
        "Wait until the app says": "settling asks the app all the same",
    ]

    @Test("each step removed in turn", arguments: Self.leader.inTurn)
    func removed(_ removal: Removal) async throws {
        try await Self.leader.fails(without: removal, butFor: Self.mayGo)
    }

    /// The one step that the loss of the database alone needs.
    @Test func aLostDatabaseDoesNotComeBackByItself() async throws {
        try await Self.database.fails(without: "If it was pi2, bring the database")
    }
}
