import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of NodeKill: a section that does nothing, one with a step missing, a power that stays on.
@Suite(.lab())
struct NodeControls {
    /// A machine that leads nothing: the two others go on as if nothing had been.
    static let quietest = "pi2, not leading"

    private func verdict(
        _ control: String, fault: any Fault = DrillKit.NodeKill("pi2"), adjust: (inout DrillPlan) -> Void
    ) async throws -> Verdict {
        try await rehearse("NodeKill", case: Self.quietest, control: control) { plan in
            plan.settleDeadline = .seconds(30)
            adjust(&plan)
        } _: { drill in
            try await drill.steadyState(leader: "pi1")
            try await drill.inject(fault)
            try await drill.confirm()
            try await drill.followSection()
            try await drill.settle()
            try await drill.checkLedger()
        }
    }

    @Test func anEmptySectionFails() async throws {
        let verdict = try await verdict("do nothing") { $0.section = $0.section.emptied }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("pi2 silent"), "\(verdict.reason)")
    }

    @Test func aPowerThatStaysOnIsUnproven() async throws {
        let fault = SwitchedOff(DrillKit.NodeKill("pi2"))
        let verdict = try await verdict("fault switched off", fault: fault) { _ in }
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still reaches pi2"), "\(verdict.reason)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "Wait until each of them lets you in": "the next step waits for its Vault, which comes up later",
        "If the app answers nobody": "here it answers: pi2 does not run it",
        "See that all three nodes": "settling checks the voters all the same",
        "Wait until all three replicas": "settling waits for the heal all the same",
        "Wait until the app says": "settling asks the app all the same",
    ]

    @Test("each step removed in turn", arguments: Removal.all(drill: "NodeKill", case: Self.quietest))
    func removed(_ removal: Removal) async throws {
        let verdict = try await verdict("without line \(removal.step.line)") { plan in
            plan.section = plan.section.removing(step: removal.step)
        }
        let mayPass = Self.mayGo.keys.contains { removal.step.item.contains($0) }
        #expect((verdict.result == .passed) == mayPass, "\(verdict.reason)")
    }
}
