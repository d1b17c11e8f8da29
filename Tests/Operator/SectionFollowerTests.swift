import Runbooks
import Testing

@testable import Operator

/// A section is followed to the letter or not begun at all.
@Suite struct SectionFollowerTests {
    @Test func placeholdersAreBoundBeforeAnythingRuns() async throws {
        let text = runbook("echo <node>", "echo <leader>")
        let outcome = try await Following(bindings: ["node": "pi1"])(text)
        #expect(outcome.steps.isEmpty)
        let expected = try line(of: "<leader>", in: text)
        guard case .notRun(let problems) = outcome.end else {
            Issue.record("\(outcome)")
            return
        }
        #expect(problems.map(\.line) == [expected])
        #expect(outcome.message?.hasPrefix("CLUSTER_RECOVERY.md:\(expected): placeholder <leader>") == true)
        let bound = try await Following(bindings: ["node": "pi1", "leader": "pi2"])(text)
        #expect(bound.steps.map(\.stdout) == ["pi1\n", "pi2\n"])
        #expect(bound.steps.map(\.command) == ["echo pi1\n", "echo pi2\n"])
    }

    @Test func itemThatNobodyPlaysStopsBeforeAnythingRuns() async throws {
        let text = runbook("echo a") + "\n[HUMAN] Switch the power off.\n"
        let outcome = try await Following()(text)
        let expected = try line(of: "[HUMAN]", in: text)
        #expect(outcome.end == .unplayed(line: expected, item: "[HUMAN] Switch the power off."))
        #expect(outcome.steps.isEmpty)
        #expect(
            outcome.message
                == "CLUSTER_RECOVERY.md:\(expected): nobody plays `[HUMAN] Switch the power off.`; "
                + "give it an entry in the human's table")
    }

    @Test func itemWithoutBlockCountsItsMinutes() async throws {
        let table = try HumanTable(
            yaml: "- item: '[HUMAN] Fetch the envelope.'\n  minutes: 7", name: "human.yml")
        let text = "# R\n\n[HUMAN] Fetch the\nenvelope.\n\n[AGENT] Go.\n\n```sh\necho a\n```\n"
        let human = try SimulatedHuman(table: table, secrets: [:])
        var events: [SectionEvent] = []
        let outcome = try await Following(human: human)(text) { events.append($0) }
        #expect(outcome.end == .followed)
        #expect(outcome.humanMinutes == 7)
        #expect(outcome.steps.map(\.role) == [.human, .agent])
        #expect(outcome.steps.map(\.line) == [3, 9])
        #expect(outcome.steps.map(\.exit) == [nil, 0])
        #expect(events.count == 4)
    }

    @Test func emptySectionIsFollowed() async throws {
        let outcome = try await Following()("# Recovery\n\nNothing to do.\n")
        #expect(outcome.end == .followed)
        #expect(outcome.steps.isEmpty)
    }
}
