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
    static let allSealed = Control(experiment: .vaultSeal, name: "all three processes killed")

    @Test func aFaultThatIsSwitchedOffIsUnproven() async throws {
        let verdict = try await Self.allSealed.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("not confirmed"))
    }

    @Test func aWrongShareFails() async throws {
        let wrong = String(repeating: "A", count: 44)
        let verdict = try await Self.allSealed.verdict("wrong share") { $0.slips = ["share-2": wrong] }
        #expect(verdict.result == .failed)
        #expect(verdict.failedLine == Self.unsealing, "\(verdict.reason)")
    }

    /// The line at which a share is typed.
    static var unsealing: Int? {
        let plan = try? Workshop().plan(drill: allSealed.experiment.name, case: allSealed.name)
        return plan?.section.lines(holding: typo.words).first?.number
    }
    static let twoShares = Edit.replacing("1 2 3", with: "1 2", inLineOf: "for share in")
    static let typo = Edit.replacing("operator", with: "opertaor", inLineOf: "vault operator unseal")

    /// Removals that still pass, each with its reason: these steps only look.
    static let onlyLooks = [
        "See why": "it shows a log, for the person who wonders",
        "See that all three nodes": "settling checks the voters all the same",
        "Read a secret back": "the ledger reads every acknowledged secret back",
        "If the app has no database": "here it has: its machine was not restarted",
    ]

    @Test("each step removed in turn", arguments: Self.allSealed.inTurn)
    func removed(_ removal: Removal) async throws {
        try await Self.allSealed.fails(without: removal, butFor: Self.onlyLooks)
    }

    /// What the section says of a node that hangs: sealing is not the only way in which Vault goes away.
    @Test func aNodeThatHangsIsRestartedAndUnsealed() async throws {
        let verdict = try await Self.allSealed.verdict(
            "active node hangs", fault: { _ in VaultHang(on: "pi1") })
        #expect(verdict.result == .passed, "\(verdict.reason)")
    }

    @Test func aMachineThatDoesNotRebootIsUnproven() async throws {
        let verdict = try await Control(experiment: .vaultSeal, name: "the app's machine rebooted")
            .verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("pi1 answers sealed"), "\(verdict.reason)")
    }

    /// The step that a machine needs which was restarted: the app's way into Vault was in its memory.
    @Test func anAppThatLostItsWayInIsFoundOut() async throws {
        let verdict = try await Control(experiment: .vaultSeal, name: "the app's machine rebooted")
            .fails(without: "If the app has no database")
        #expect(verdict.reason.contains("the app is healthy"), "\(verdict.reason)")
    }

    @Test func oneShareTooFewFails() async throws {
        let verdict = try await Self.allSealed.verdict("one share too few") { plan in
            plan.section = plan.section.editing(Self.twoShares)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("no node became active"), "\(verdict.reason)")
    }

    @Test func aTypoFailsAtItsLine() async throws {
        let verdict = try await Self.allSealed.verdict("typo") { plan in
            plan.section = plan.section.editing(Self.typo)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.failedLine == Self.unsealing, "\(verdict.reason)")
    }
}
