import Runbooks
import Testing

@testable import Operator

/// What the human does with his hands: done before he types, told with what he saw, and nobody's where nobody can.
@Suite struct ErrandTests {
    static let text = "# Recovery\n\n[HUMAN] Switch it on.\n\n[AGENT] Go on.\n\n```sh\ntrue\n```\n"
    static let table = "- item: '[HUMAN] Switch it on.'\n  minutes: 4\n  does: switch-on"

    private func follow(
        _ errands: ErrandRunner?, onEvent: (SectionEvent) -> Void = { _ in }
    ) async throws -> SectionOutcome {
        let section = try #require(Runbook(text: Self.text, name: "CLUSTER_RECOVERY.md").sections.first)
        let human = try SimulatedHuman(table: HumanTable(yaml: Self.table, name: "human.yml"), secrets: [:])
        return try await Following.inFolder { folder in
            try await OperatorShell.with(Following().launch(folder: folder)) { shell in
                await SectionFollower.follow(
                    section, in: shell, human: human, bindings: [:], stepDeadline: .seconds(20),
                    errands: errands, onEvent: onEvent)
            }
        }
    }

    @Test func itIsRunAndTold() async throws {
        var told: [SectionEvent] = []
        let hands: ErrandRunner = { ErrandReport(saw: "pi1 off", did: "\($0.rawValue): pi1") }
        let outcome = try await follow(hands) { told.append($0) }
        #expect(outcome.end == .followed)
        #expect(outcome.humanMinutes == 4)
        #expect(told.contains(.errandRun(line: 3, saw: "pi1 off", did: "switch-on: pi1")))
    }

    @Test func oneThatFailsEndsTheSectionAtItsLine() async throws {
        var told: [SectionEvent] = []
        let hands: ErrandRunner = { _ in throw OperatorError("the switch is stuck") }
        let outcome = try await follow(hands) { told.append($0) }
        #expect(
            outcome.message
                == "CLUSTER_RECOVERY.md:3: `switch-on` could not be done: the switch is stuck")
        #expect(
            outcome.steps.map(\.reason) == ["`switch-on` could not be done: the switch is stuck"])
        #expect(outcome.steps.map(\.failedLine) == [3])
        #expect(told.last == outcome.steps.last.map { SectionEvent.stepFinished($0) })
    }

    @Test func withoutAnybodyToRunItTheItemIsUnplayed() async throws {
        #expect(try await follow(nil).end == .unplayed(line: 3, item: "[HUMAN] Switch it on."))
    }
}
