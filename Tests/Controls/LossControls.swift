import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of NodeLoss: a section with a step missing, a machine that is not lost at all.
@Suite(.lab())
struct LossControls {
    /// The machine whose loss needs the most steps: what was only there comes back from backups.
    static let database = Control(experiment: .nodeLoss, name: "pi2, with the database")

    @Test func aMachineThatIsThereIsUnproven() async throws {
        let verdict = try await Self.database.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still reaches pi2"), "\(verdict.reason)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "If the app answers nobody": "here it answers: pi2 does not run it",
        "Take the lost machine out":
            "raft takes the new machine for the old one while two others know better",
        "Wait until it lets you in": "whoever put the machine there waited until it had booted",
        "Wait until all three nodes": "settling checks the voters all the same",
        "Wait until all three replicas": "settling waits for the heal all the same",
        "Wait until the app says": "settling asks the app all the same",
    ]

    @Test("each step removed in turn", arguments: Self.database.removals)
    func removed(_ removal: Removal) async throws {
        let verdict = try await Self.database.verdict(without: removal)
        #expect((verdict.result == .passed) == removal.isAmong(Self.mayGo), "\(verdict.reason)")
    }
}
