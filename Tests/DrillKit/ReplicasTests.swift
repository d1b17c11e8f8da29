import Testing

@testable import DrillKit

/// The copies on three machines' disks, compared.
struct ReplicasTests {
    private static let whole = "aa  ./ledger-1\nbb  ./ledger-2\n--\n./ledger-1\n./ledger-2\n"

    private func replicas(pi3: String) -> Replicas {
        Replicas(listings: ["pi1": Self.whole, "pi2": Self.whole, "pi3": pi3])
    }

    @Test func theSameEverywhereIsNoComplaint() {
        let replicas = replicas(pi3: Self.whole)
        #expect(replicas.complaint == nil)
        #expect(replicas.settled.count == 2)
    }

    @Test func oneOtherDigestIsFoundAndPlaced() {
        let replicas = replicas(pi3: Self.whole.replacing("bb", with: "cc"))
        #expect(replicas.differing == ["./ledger-2"])
        #expect(replicas.isOther("./ledger-2", on: ["pi3"]))
        #expect(!replicas.isOther("./ledger-2", on: ["pi1"]))
        #expect(!replicas.isOther("./ledger-1", on: ["pi3"]))
    }

    @Test func aCopyThatNobodyIsGivenIsNamed() {
        let replicas = replicas(pi3: Self.whole + "--\nledger-2\n")
        #expect(replicas.complaint == "marked as rotten and given to nobody: pi3 ledger-2")
    }

    @Test func aReplicaWithoutItsFolderLacksEverything() {
        let replicas = replicas(pi3: "--\n")
        #expect(replicas.lacking(on: "pi3").count == 2)
        #expect(
            replicas.complaint
                == "2 of 2 files differ (./ledger-1, ./ledger-2); pi1 lacks 0, pi2 lacks 0, pi3 lacks 2")
        #expect(!replicas.isOther("./ledger-1", on: ["pi3"]), "no copy is no other copy")
    }

    /// Somebody is writing it: it is on its way to the other machines.
    @Test func aFileThatIsBeingWrittenDoesNotCount() {
        let replicas = replicas(
            pi3: "aa  ./ledger-1\nbb  ./ledger-2\ndd  ./ledger-3\n--\n./ledger-1\n./ledger-2\n")
        #expect(replicas.complaint == nil)
    }
}
