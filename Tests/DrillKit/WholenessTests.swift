import Boundary
import Testing

@testable import DrillKit

/// What is told of a lab that is not whole: all of it.
struct WholenessTests {
    private static func never(_ what: String) async throws -> String {
        try await eventually(what, within: .milliseconds(20), every: .milliseconds(5)) {
            throw NotYet("\(what) is not")
        }
    }

    @Test func whatIsWholeIsSeenByPart() async throws {
        let seen = try await Wholeness(["one": { "yes" }, "two": { "as well" }]).seen()
        #expect(seen == ["one": "yes", "two": "as well"])
    }

    /// What was asked first must not hide the rest.
    @Test func everyPartThatLacksIsTold() async throws {
        let lab = Wholeness([
            "volume": { try await Self.never("the volume") }, "vault": { try await Self.never("Vault") },
            "disks": { "each takes what is written" },
        ])
        let error = await #expect(throws: NotWhole.self) { try await lab.seen() }
        let words = try #require(error).description
        #expect(words.contains("Vault is not") && words.contains("the volume is not"))
        #expect(!words.contains("disks"))
    }

    /// Where somebody could not even be asked, what is known to lack still decides.
    @Test func whatLacksWeighsMoreThanWhatCouldNotBeAsked() async throws {
        let broken: @Sendable () async throws -> String = { throw DrillError("no agent") }
        await #expect(throws: NotWhole.self) {
            try await Wholeness(["a": broken, "b": { try await Self.never("b") }]).seen()
        }
        await #expect(throws: DrillError.self) { try await Wholeness(["a": broken]).seen() }
    }

    @Test func whoeverIsCutOffSaysSo() async throws {
        let task = Task {
            try await Wholeness(["one": { try await eventually("one", within: .seconds(60)) { nil } }]).seen()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
