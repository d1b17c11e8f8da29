import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of TotalLoss: machines that are there, copies that nobody took for a while, a section with a step
/// missing.
@Suite(.lab())
struct TotalLossControls {
    static let all = Control(experiment: .totalLoss, name: "all three machines lost")

    @Test func machinesThatAreThereAreUnproven() async throws {
        let verdict = try await Self.all.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("still answers"), "\(verdict.reason)")
    }

    /// The longest promise is 165 s: what the clients wrote in the first 135 s of 300 is older.
    @Test func copiesThatAreOlderThanPromisedAreFoundOut() async throws {
        let verdict = try await Self.all.verdict(
            "off-site copies stopped", fault: { OffsiteStopped(.seconds(300), before: $0) })
        #expect(verdict.result == .failed, "\(verdict.reason)")
        for store in verdict.ledger.concededSeconds.keys {
            #expect(verdict.reason.contains("\(store): lost"), "\(store) is not missed: \(verdict.reason)")
        }
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "See that nobody is there": "nobody is: it keeps people from the wrong section",
        "Wait until all three nodes": "settling checks the voters all the same",
        "Wait until the app says": "settling asks the app all the same",
    ]

    /// What it waits for comes about when the next step asks: without it some runs fail and some pass.
    static let aMatterOfLuck = [
        "Wait until each of them lets you in": "a new machine's ssh comes up about when the hands are done"
    ]

    /// Where the plays find no backups they make everything anew, and empty.
    static let playsFirst = Swap(
        first: "Put back what pi3 kept", second: "Configure all three as the plays say",
        reason: "the plays make everything anew where they find no backups")

    @Test func playsBeforeTheBackupsAreFoundOut() async throws {
        try await Self.all.comesToWhatIsDue(Self.playsFirst)
    }

    @Test("each step removed in turn", arguments: Self.all.inTurn.filter { !$0.isAmong(aMatterOfLuck) })
    func removed(_ removal: Removal) async throws {
        try await Self.all.fails(without: removal, butFor: Self.mayGo)
    }
}
