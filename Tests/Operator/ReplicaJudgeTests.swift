import Foundation
import Testing

/// How the runbook's own tool, `lab-replica judge`, tells wrong copies from right ones.
struct ReplicaJudgeTests {
    /// Runs the tool as the runbook does.
    private func judge(_ lines: String...) throws -> (said: [String], status: Int32) {
        let tool = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../Fixtures/lab/plays/files/lab-replica")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", tool.path, "judge", "pi1", "pi2", "pi3"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, Pipe())
        try process.run()
        input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        try input.fileHandleForWriting.close()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (
            String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init),
            process.terminationStatus
        )
    }

    @Test func threeOfAKindAreRight() throws {
        let (said, status) = try judge("pi1 -60 aa signed x", "pi2 -60 aa unsigned x", "pi3 -60 aa signed x")
        #expect(said.isEmpty)
        #expect(status == 0)
    }

    @Test func theMajorityIsRightWhereNoSignatureTells() throws {
        #expect(
            try judge("pi1 -60 aa unsigned x", "pi2 -60 bb unsigned x", "pi3 -60 aa unsigned x").said == [
                "pi2 x"
            ])
    }

    /// Its wrong bytes were signed: the signature says that they are right, the others outvote it.
    @Test func aWrongCopyThatWasSignedIsOutvoted() throws {
        #expect(
            try judge("pi1 -60 aa signed x", "pi2 -60 bb signed x", "pi3 -60 aa signed x").said == ["pi2 x"])
    }

    @Test func twoRottenCopiesDoNotOutvoteTheRightOne() throws {
        let (said, status) = try judge("pi1 -60 bb rotten x", "pi2 -60 aa signed x", "pi3 -60 bb rotten x")
        #expect(said == ["pi1 x", "pi3 x"])
        #expect(status == 0)
    }

    @Test func aMissingCopyIsNamed() throws {
        #expect(try judge("pi1 -60 aa signed x", "pi3 -60 aa signed x").said == ["pi2 x"])
    }

    @Test func whereNobodyKnowsNothingIsTouched() throws {
        let (said, status) = try judge(
            "pi1 -60 aa unsigned x", "pi2 -60 bb unsigned x", "pi3 -60 cc rotten x")
        #expect(said.isEmpty)
        #expect(status == 3)
    }

    @Test func namesMayHaveSpaces() throws {
        #expect(
            try judge("pi1 -60 aa signed a b", "pi2 -60 bb rotten a b", "pi3 -60 aa signed a b").said == [
                "pi2 a b"
            ])
    }

    @Test func aFileThatIsBeingWrittenToIsNotJudged() throws {
        #expect(try judge("pi1 3 aa unsigned x", "pi2 4 bb unsigned x").said.isEmpty)
        // One write, on two sides of the moment.
        #expect(try judge("pi1 -1 aa unsigned x", "pi2 1 bb unsigned x", "pi3 -1 cc unsigned x").said.isEmpty)
    }

    @Test func aCopyThatIsStillBeingHealedIsNoneYet() throws {
        #expect(
            try judge("pi1 -60 aa signed x", "pi2 2 aa unsigned x", "pi3 -60 aa signed x").said == ["pi2 x"])
    }

    /// What only one machine has and still writes is no reason to take anything from anybody.
    @Test func aFileThatIsFreshOnItsOnlyDiskIsNotJudged() throws {
        #expect(try judge("pi2 0 aa unsigned x").said.isEmpty)
    }
}
