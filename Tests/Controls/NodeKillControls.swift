import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of NodeKill: a section with a step missing, a power that stays on.
@Suite(.lab())
struct NodeKillControls {
    /// A machine that leads nothing: the two others go on as if nothing had been.
    static let quietest = Control(experiment: .nodeKill, name: "pi2, not leading")

    @Test func aPowerThatStaysOnIsUnproven() async throws {
        let verdict = try await Self.quietest.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still reaches pi2"), "\(verdict.reason)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "Wait until each of them lets you in": "the next step waits for its Vault, which comes up later",
        "If the app answers nobody": "here it answers: pi2 does not run it",
        "If the app was moved": "here it was not; the case of pi1 cut off fails without it, below",
        "If somebody took one of them out":
            "here nobody did; the case that was declared dead fails without it",
        "Wait until all three nodes": "settling checks the voters all the same",
        "If the app has no database": "here it has: its machine was not restarted",
        "Wait until the app says": "settling asks the app all the same",
    ]

    /// What it is for happens to some machines: without it some runs fail and some pass.
    static let aMatterOfLuck = [
        "Wait until all three replicas":
            "an upload that was cut off before its name was synced heals only when somebody asks for it by name"
    ]

    /// With its machine the app is gone for everybody, unless somebody starts it elsewhere before the machine is back.
    @Test func anAppThatNobodyMovesIsFoundOut() async throws {
        let verdict = try await Control(experiment: .nodeKill, name: "pi1, not leading")
            .fails(without: "If the app answers nobody")
        #expect(verdict.reason.contains("does not work on"), "\(verdict.reason)")
    }

    /// The step that a machine needs which runs on, alone: two would answer for the app's one name.
    @Test func anAppThatWasMovedDoesNotStopByItself() async throws {
        let verdict = try await Control(experiment: .nodeKill, name: "pi1, cut off")
            .fails(without: "If the app was moved")
        #expect(verdict.reason.contains("the app runs in one place"), "\(verdict.reason)")
    }

    /// The one step that this case alone needs.
    @Test func aMachineDeclaredDeadDoesNotJoinByItself() async throws {
        try await Control(experiment: .nodeKill, name: "pi1, declared dead")
            .fails(without: "have it join anew")
    }

    /// The clock is looked at, and stays as it is.
    static let clockNotSet = Edit(of: "date --utc --set") { _ in "true" }

    /// Who is a year behind believes no certificate, and keeps up with no leader.
    @Test func aClockThatNobodySetsIsFoundOut() async throws {
        let verdict = try await Control(experiment: .nodeKill, name: "pi3, comes back with a clock")
            .verdict("clock not set") { plan in
                plan.section = plan.section.editing(Self.clockNotSet)
            }
        #expect(verdict.result == .failed)
        #expect(verdict.steps.last?.command.contains("autopilot") == true, "\(verdict.reason)")
    }

    @Test(
        "each step removed in turn", arguments: Self.quietest.inTurn.filter { !$0.isAmong(aMatterOfLuck) })
    func removed(_ removal: Removal) async throws {
        try await Self.quietest.fails(without: removal, butFor: Self.mayGo)
    }
}
