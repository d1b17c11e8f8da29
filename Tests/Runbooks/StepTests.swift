import Testing

@testable import Runbooks

/// Marks, items and blocks become steps in the order of the lines.
@Suite struct StepTests {
    /// The steps and problems of the one section in a text.
    private func section(_ body: String) throws -> Section {
        try Runbook(text: "# A\n\n" + body, name: "R.md").sections[0]
    }

    private func summary(_ section: Section) -> [String] {
        section.steps.map { step in
            "\(step.role.rawValue) \(step.line) \(step.item) "
                + (step.block.map { "\($0.firstLine)-\($0.lastLine) \($0.script.debugDescription)" } ?? "-")
        }
    }

    @Test func itemsAreStepsWithTheirMark() throws {
        let section = try section(
            """
            1. [AGENT] See which nodes
               are **sealed**: `vault status`
               exits 2 while sealed.

               ```sh
               vault status
               ```

            2. [HUMAN] Fetch the shares, <share> by <share>.
            3. **[HUMAN]** Type one at the prompt:
               ```bash
               vault operator unseal

               date
               ```
               then another:
               ~~~shell
               vault operator unseal
               ~~~
            """)
        #expect(
            summary(section) == [
                #"AGENT 3 [AGENT] See which nodes are sealed: vault status exits 2 while sealed. 8-8 "vault status\n""#,
                "HUMAN 11 [HUMAN] Fetch the shares, <share> by <share>. -",
                #"HUMAN 12 [HUMAN] Type one at the prompt: 14-16 "vault operator unseal\n\ndate\n""#,
                #"HUMAN 12 [HUMAN] Type one at the prompt: 20-20 "vault operator unseal\n""#,
            ])
        #expect(section.steps.map(\.expectedExits) == [[0, 2], [0], [0], [0]])
        #expect(section.problems.isEmpty)
    }

    @Test func onlyShellBlocksRun() throws {
        let section = try section(
            """
            Look.

            ```yaml
            a: b
            ```

            ```
            nothing
            ```

                indented

            ```console
            $ no
            ```

            ```Bash title="x"
            yes
            ```

            ```sh

            ```
            """)
        #expect(summary(section) == [#"AGENT 3 Look. 20-20 "yes\n""#])
    }

    @Test func anUnmarkedBlockBelongsToTheParagraphAboveIt() throws {
        let section = try section(
            """
            ```sh
            first
            ```

            Ask the peers. It exits 1 or 3 without a leader.

            | a | b |
            |---|---|
            | c | d |

            ```sh
            second
            ```

            - An unmarked item exits 7.
              ```sh
              third
              ```
            """)
        #expect(
            summary(section) == [
                #"AGENT 1 A 4-4 "first\n""#,
                #"AGENT 7 Ask the peers. It exits 1 or 3 without a leader. 14-14 "second\n""#,
                #"AGENT 17 An unmarked item exits 7. 19-19 "third\n""#,
            ])
        #expect(section.steps.map(\.expectedExits) == [[0], [0, 1, 3], [0, 7]])
    }

    @Test func aBlockNotIndentedUnderItsItemStillIsTheItems() throws {
        let section = try section(
            """
            1. [HUMAN] Type a share:

            ```sh
            vault operator unseal
            ```

            [HUMAN] Without a list:

            ```sh
            date
            ```
            """)
        #expect(
            summary(section) == [
                #"HUMAN 3 [HUMAN] Type a share: 6-6 "vault operator unseal\n""#,
                #"HUMAN 9 [HUMAN] Without a list: 12-12 "date\n""#,
            ])
    }

    @Test func soDoesOneAfterMoreOfItsProse() throws {
        let section = try section("- [HUMAN] Type:\n\n  a share.\n\n```sh\nunseal\n```\n")
        #expect(summary(section) == [#"HUMAN 3 [HUMAN] Type: 8-8 "unseal\n""#])
    }

    @Test func commentedOutAndFoldedBlocks() throws {
        let section = try section(
            "<!--\n```sh\nno\n```\n-->\n\n<details>\n\n```sh\nyes\n```\n\n</details>\n")
        #expect(section.steps.map(\.block?.script) == ["yes\n"])
        #expect(section.problems.isEmpty)
    }

    @Test func proseAndNestedListsOfAnItemAreItsOwn() throws {
        let section = try section(
            """
            - [ ] [AGENT] Unseal each:
              - pi1
                ```sh
                one
                ```
              - [HUMAN] press the button

                which takes a minute
              - pi2
                ```sh
                two
                ```

              The last exits 4.
            """)
        #expect(
            summary(section) == [
                #"AGENT 3 [AGENT] Unseal each: 6-6 "one\n""#,
                "HUMAN 8 [HUMAN] press the button -",
                #"AGENT 3 [AGENT] Unseal each: 13-13 "two\n""#,
            ])
        #expect(section.steps.map(\.expectedExits) == [[0, 4], [0], [0, 4]])
    }

    @Test(arguments: [
        ("- [AGENT] Look at it.\n", 3, "the [AGENT] item has no shell block"),
        ("- [AGENT] Look at it.\n\n  ```\n  date\n  ```\n", 3, "the [AGENT] item has no shell block"),
        ("- [AGENT] Look at it.\n\n  ```sh\n  ```\n", 3, "the [AGENT] item has no shell block"),
        ("text\n\n- If all is dark, [HUMAN] press it.\n", 5, "the mark is not at the start of the item"),
        ("- [human] press it.\n", 3, "the mark is not at the start of the item"),
        ("## [HUMAN] Press it\n", 3, "a mark in a heading marks no step"),
        ("[HUMAN](pi1) press it.\n", 3, "this mark marks no step"),
        ("- [HUMAN]: press\n", 3, "this mark marks no step"),
        ("[human] press it.\n", 3, "this mark marks no step"),
        ("> 1) [ ] [Agent] look.\n", 3, "the mark is not at the start of the item"),
        ("Go there.\n[HUMAN] press it.\n", 4, "this mark marks no step"),
        ("<p>\n[HUMAN] press it.\n", 4, "this mark marks no step"),
        ("<details>\n<summary>x</summary>\n```sh\na\n```\n", 5, "this fence is swallowed by the HTML"),
        ("```sh\n\nssh <NODE> date\n```\n", 5, "<NODE> is no placeholder"),
    ])
    func whatWouldSilentlyNotBeDoneIsAProblem(body: String, line: Int, message: String) throws {
        let problems = try section(body).problems
        #expect(problems.count == 1)
        #expect(problems.first?.line == line)
        #expect(problems.first?.message.hasPrefix(message) == true)
    }

    @Test(arguments: [
        "See the [HUMAN] items, or `[HUMAN](x)`.\n", "```md\n[human] an example\n```\n",
        "    [human] an example\n", "<!--\n[human] once\n-->\n", "-\n  [HUMAN] press it.\n",
        "[HUMANS] do not press.\n", "| a |\n|---|\n| [HUMAN] |\n",
    ])
    func aMarkThatIsOnlyMentionedIsNone(body: String) throws {
        #expect(try section(body).problems.isEmpty)
    }

    @Test func anAgentItemOfMarkedItemsNeedsNoBlock() throws {
        let section = try section("- [AGENT] Both:\n  - [AGENT] a\n    ```sh\n    a\n    ```\n")
        #expect(section.problems.isEmpty)
        #expect(section.steps.count == 1)
    }

    @Test(
        arguments: [
            ("`vault status` exits 2 while sealed", [0, 2]),
            ("exits 1 or 2 or 3", [0, 1, 2, 3]),
            ("exits 2, 3 shares are needed; later exits 5", [0, 2, 5]),
            ("exits 256 and exits -1 and exits2 and coexits 4", [0]),
            ("it exits with 2", [0]),
        ] as [(String, Set<Int32>)])
    func exitsComeFromProse(prose: String, exits: Set<Int32>) {
        #expect(ExpectedExits.announced(in: prose) == exits)
    }

    @Test func stepsBeforeTheFirstHeadingAreReported() throws {
        let runbook = try Runbook(text: "Hello.\n\n```sh\ndate\n```\n\n# A\n", name: "R.md")
        #expect(runbook.sections[0].steps.isEmpty)
        #expect(runbook.problemsBeforeSections.map(\.line) == [4])
    }

    @Test func placeholdersAreBoundForTheWholeSectionOrNotAtAll() throws {
        let section = try section(
            "- [HUMAN] x\n- [AGENT] y\n\n  ```sh\n  ssh <node>\n  ssh <other>\n  ```\n")
        let bound = try section.boundSteps(with: ["node": "pi1", "other": "pi2"])
        #expect(bound.map(\.block?.script) == [nil, "ssh pi1\nssh pi2\n"])
        let error = #expect(throws: RunbookError.self) { try section.boundSteps(with: ["node": "pi1"]) }
        #expect(
            error?.description == "R.md:8: placeholder <other> is not bound to a value of the sandbox; "
                + "if a redirection is meant, put a space before >")
    }
}
