import DrillKit
import DrillTesting
import Evidence
import Runbooks
import Testing

/// What must not pass of StorageCorruption: a disk that is whole, a heal that is skipped, a vote in which rotten copies have
/// a voice.
@Suite(.lab())
struct StorageControls {
    static let signed = Control(experiment: .storageCorruption, name: "bytes flipped in a signed file")
    static let two = Control(experiment: .storageCorruption, name: "same file damaged on two of three")

    /// Nothing is found at first, nor at the end.
    static let nothingFound = Edit(of: "wrong=$(compare)", in: 2) { $0 + "; wrong=" }
    static let everybodyVotes = Edit.replacing(
        "ssh pi1 sudo lab-replica", with: "sed 's/ rotten / unsigned /' | ssh pi1 sudo lab-replica",
        inLineOf: "lab-replica judge")

    @Test func aDiskThatIsWholeIsUnproven() async throws {
        let verdict = try await Self.signed.verdict("fault switched off", fault: SwitchedOff.init)
        #expect(verdict.result == .unproven)
        #expect(verdict.reason.contains("all replicas are the same"), "\(verdict.reason)")
    }

    /// The tool's word that nothing is left to heal is no proof: the disks' own digests are.
    @Test func aHealThatIsSkippedIsFoundByTheDigests() async throws {
        let verdict = try await Self.signed.verdict("nothing set aside") { plan in
            plan.section = plan.section.editing(Self.nothingFound)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("files differ"), "\(verdict.reason)")
    }

    /// Two copies that rotted the same way outvote the right one where nobody asks for signatures.
    @Test func aVoteOfRottenCopiesIsFoundOut() async throws {
        let verdict = try await Self.two.verdict("rotten copies have a voice") { plan in
            plan.section = plan.section.editing(Self.everybodyVotes)
        }
        #expect(verdict.result == .failed)
        #expect(verdict.reason.contains("not as before the fault: on the volume"), "\(verdict.reason)")
    }

    /// Removals that still pass, each with its reason.
    static let mayGo = [
        "Have the volume heal":
            "what a step before it looked at is marked, and the volume heals twice a minute by itself",
        "See that all three replicas are there":
            "they are: it keeps a missing one from being taken for a wrong one",
        "Wait until the app says": "settling asks the app all the same",
    ]

    @Test("each step removed in turn", arguments: Self.signed.inTurn)
    func removed(_ removal: Removal) async throws {
        try await Self.signed.fails(without: removal, butFor: Self.mayGo)
    }
}
