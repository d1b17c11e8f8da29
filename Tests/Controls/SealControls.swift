import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass: drills of a section that is wrong, of a human who slips, of a fault that is not there.
///
/// Each is a whole drill on a real lab. It shows that the runbook is what recovers, and nothing else.
@Suite(.lab())
struct SealControls {
    /// The hardest case: all nodes sealed, so that every node must be unsealed by the section.
    static let allSealed = "all three processes killed"

    /// A drill of that case with something changed about it.
    func verdict(
        _ control: String, fault: any Fault = VaultKill(on: ["pi1", "pi2", "pi3"]),
        adjust: (inout DrillPlan) -> Void
    ) async throws -> Verdict {
        try await rehearse("VaultSeal", case: Self.allSealed, control: control) { plan in
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
        #expect(verdict.reason.contains("sealed"))
    }

    @Test func aFaultThatIsSwitchedOffIsUnproven() async throws {
        let fault = SwitchedOff(VaultKill(on: ["pi1", "pi2", "pi3"]))
        let verdict = try await verdict("fault switched off", fault: fault) { _ in }
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("not confirmed"))
    }

    @Test func aWrongShareFails() async throws {
        let wrong = String(repeating: "A", count: 44)
        let verdict = try await verdict("wrong share") { $0.slips = ["share-2": wrong] }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("CLUSTER_RECOVERY.md:"))
    }

    /// Removals that still pass, each with its reason: these steps only look.
    static let onlyLooks = [
        "See why": "it shows a log, for the person who wonders",
        "See that all three nodes": "settling checks the voters all the same",
        "Read a secret back": "the ledger reads every acknowledged secret back",
    ]

    @Test("each step removed in turn", arguments: Removal.all(drill: "VaultSeal", case: Self.allSealed))
    func removed(_ removal: Removal) async throws {
        let verdict = try await verdict("without line \(removal.step.line)") { plan in
            plan.section = plan.section.removing(step: removal.step)
        }
        let mayPass = Self.onlyLooks.keys.contains { removal.step.item.contains($0) }
        #expect((verdict.result == .passed) == mayPass, "\(verdict.reason)")
    }

    /// What the section says of a node that hangs: sealing is not the only way in which Vault goes away.
    @Test func aNodeThatHangsIsRestartedAndUnsealed() async throws {
        let verdict = try await verdict("active node hangs", fault: VaultHang(on: "pi1")) { _ in }
        #expect(verdict.result == .passed, "\(verdict.reason)")
    }

    @Test func oneShareTooFewFails() async throws {
        let verdict = try await verdict("one share too few") { plan in
            plan.section = plan.section.editing("vault operator unseal") { line, index in
                index == 0 ? "true" : line
            }
        }
        #expect(verdict.result != .passed)
    }

    @Test func aTypoFailsAtItsLine() async throws {
        let verdict = try await verdict("typo") { plan in
            plan.section = plan.section.editing("vault operator unseal") { line, _ in
                line.replacing("vault operator unseal", with: "vault opertaor unseal")
            }
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("CLUSTER_RECOVERY.md:"))
    }
}
