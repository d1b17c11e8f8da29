import Testing

@testable import Operator

/// The human's table is exact, and what is wrong with it is said with its line.
@Suite struct HumanTableTests {
    static let table = """
        # Who plays what.
        - item: "[HUMAN] Unseal every
            sealed node with the shares."
          minutes: 2
          answers:
            - prompt: "Unseal Key (will be hidden):"
              type: [share-1, share-2, share-3]
        - item: "[HUMAN] Fetch the envelope."
          minutes: 0.5
        """

    @Test func entriesAreRead() throws {
        let table = try HumanTable(yaml: Self.table, name: "human.yml")
        #expect(
            table.entries.map(\.item) == [
                "[HUMAN] Unseal every sealed node with the shares.", "[HUMAN] Fetch the envelope.",
            ])
        #expect(table.entries.map(\.minutes) == [2, 0.5])
        #expect(table.entries[0].prompts.map(\.text) == ["Unseal Key (will be hidden):"])
        #expect(table.entries[0].prompts[0].secretNames == ["share-1", "share-2", "share-3"])
        #expect(table.entry(for: "[HUMAN]  Fetch\nthe envelope.") == table.entries[1])
        #expect(table.entry(for: "[HUMAN] Fetch the envelope") == nil)
        #expect(try HumanTable(yaml: "# nothing\n", name: "human.yml").entries.isEmpty)
    }

    @Test func anErrandIsRead() throws {
        let table = try HumanTable(
            yaml: "- item: '[HUMAN] Switch it on.'\n  minutes: 4\n  does: switch-on", name: "human.yml")
        #expect(table.entries.map(\.errand) == [.switchOn])
    }

    @Test(arguments: [
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  does: reboot",
            "3: `does` names an errand: switch-on, bring-back, power-cycle, replace, fetch-disk, take-disk-back"
        ),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  run: reboot",
            "3: `run` is unknown; an entry has item, minutes, does, answers"
        ),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n- item: '[HUMAN]   a'\n  minutes: 1",
            "3: the item of line 1 stands here again; each has one entry"
        ),
        ("- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - type: [x]", "4: `prompt` is missing"),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - prompt: ''\n    type: [x]",
            "4: `prompt` is a text"
        ),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - prompt: p",
            "4: `type` is missing: the names of the secrets that are typed, as a list"
        ),
        ("- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - prompt: p\n    type: x", "5: `type` is a list"),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - prompt: p\n    type: []",
            "5: `type` is empty; it names at least one secret"
        ),
        (
            "- item: '[HUMAN] a'\n  minutes: 1\n  answers:\n  - {prompt: p, type: [x]}\n  - {prompt: 'p ', type: [x]}",
            "5: the prompt of line 4 stands here again"
        ),
        (
            "- item: '[HUMAN] a'",
            "1: `minutes` is missing: how long a person takes, it counts towards recovery"
        ),
        ("- item: '[HUMAN] a'\n  minutes: soon", "2: `minutes` is a number of at least 0"),
        ("- item: '[HUMAN] a'\n  minutes: -1", "2: `minutes` is a number of at least 0"),
        ("- item: '[AGENT] a'\n  minutes: 1", "1: `item` begins with [HUMAN], as it does in the runbook"),
        ("- minutes: 1", "1: `item` is missing"),
        ("item: a", "1: the table is a list"),
        ("- just text", "1: an entry is a mapping of item, minutes, does, answers"),
    ])
    func mistakesAreSaidWithTheirLine(yaml: String, message: String) {
        let error = #expect(throws: OperatorError.self) { try HumanTable(yaml: yaml, name: "human.yml") }
        #expect(error?.description == "human.yml:" + message)
    }

    @Test func whatIsNotYamlIsRefused() {
        let error = #expect(throws: OperatorError.self) { try HumanTable(yaml: "- a: [", name: "human.yml") }
        #expect(error?.description.hasPrefix("human.yml: is not YAML: ") == true)
    }

    @Test func secretsMustBeInTheSafe() throws {
        let table = try HumanTable(yaml: Self.table, name: "human.yml")
        let error = #expect(throws: OperatorError.self) {
            try SimulatedHuman(table: table, secrets: ["share-1": "s3cret", "share-3": "t"])
        }
        #expect(error?.description == "human.yml:6: the safe holds no `share-2`; it holds share-1, share-3")
        let lines = #expect(throws: OperatorError.self) {
            try SimulatedHuman(table: table, secrets: ["share-1": "a\nb", "share-2": "", "share-3": "t"])
        }
        #expect(lines?.description == "human.yml:6: `share-1` of the safe is not one plain line")
    }
}
