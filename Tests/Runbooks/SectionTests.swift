import Testing

@testable import Runbooks

/// Headings give sections with exact lines, exact source and a digest of their own.
@Suite struct SectionTests {
    let runbook: Runbook

    init() throws {
        runbook = try Runbook(
            text: """
                # Recovery

                Preface.

                ## Vault is sealed

                Prose.

                ### How it shows

                ```sh
                vault status
                ```

                ### Unseal

                ```sh
                vault operator unseal
                ```


                Setext too
                ----------

                last

                """, name: "CLUSTER_RECOVERY.md")
    }

    @Test func everyHeadingIsASectionWithItsNestedOnes() throws {
        #expect(
            runbook.sections.map { "\($0.level) \($0.title) \($0.line)-\($0.lastLine) \($0.steps.count)" }
                == [
                    "1 Recovery 1-25 2",
                    "2 Vault is sealed 5-19 2",
                    "3 How it shows 9-13 1",
                    "3 Unseal 15-19 1",
                    "2 Setext too 22-25 0",
                ])
        let sealed = try runbook.section(titled: "Vault is sealed")
        #expect(sealed.subsections.map(\.title) == ["How it shows", "Unseal"])
        #expect(sealed.ownSteps.isEmpty)
        #expect(sealed.steps.map { $0.block?.firstLine } == [12, 18])
    }

    @Test func sourceIsTheExactTextAndItsDigestIsSHA256() throws {
        let section = try runbook.section(titled: "How it shows")
        #expect(section.source == "### How it shows\n\n```sh\nvault status\n```\n")
        // printf '### How it shows\n\n```sh\nvault status\n```\n' | sha256sum
        #expect(section.sha256 == "b05b97a7bc51bf40990cd01711bd92e26e6cc80049b28350ea742dabaae50b27")
    }

    @Test func aSectionWrittenAfterwardsLeavesTheDigestAlone() throws {
        let alone = try Runbook(text: "# A\n\ntext\n", name: "R.md")
        let followed = try Runbook(text: "# A\n\ntext\n\n\n# B\n", name: "R.md")
        let changed = try Runbook(text: "# A\n\ntext.\n", name: "R.md")
        #expect(alone.sections[0].sha256 == followed.sections[0].sha256)
        #expect(alone.sections[0].sha256 != changed.sections[0].sha256)
    }

    @Test func crlfAndMarkAreReadAndLinesStayTheSame() throws {
        let text = "\u{FEFF}# A\r\n\r\n- [AGENT] Look.\r\n\r\n  ```sh\r\n  a\r\n  b\r\n  ```\r\n\r\n## B\r\n"
        let decoded = try FileText.decode(Array(text.utf8), name: "R.md")
        let runbook = try Runbook(text: decoded, name: "R.md")
        #expect(runbook.sections.map(\.line) == [1, 10])
        let block = try #require(runbook.sections[0].steps.first?.block)
        #expect(block.script == "a\nb\n")
        #expect(block.firstLine == 6)
        #expect(block.lastLine == 7)
        #expect(runbook.sections[0].problems.isEmpty)
        #expect(runbook.sections[0].source.hasSuffix("## B\r\n"))
    }

    @Test func loneCarriageReturnsEndLinesToo() throws {
        let runbook = try Runbook(text: "# A\r\r```sh\ra\rb\r```\r", name: "R.md")
        #expect(runbook.sections[0].steps.map(\.block?.script) == ["a\nb\n"])
        #expect(runbook.sections[0].steps.map(\.block?.firstLine) == [4])
    }

    @Test func headingsInQuotesAndItemsAreNoSections() throws {
        let runbook = try Runbook(
            text: "# A\n\n> # quoted\n\n- # listed\n\n```md\n# code\n```\n", name: "R.md")
        #expect(runbook.sections.map(\.title) == ["A"])
    }

    @Test func aTitleIsWhatAReaderSees() throws {
        let runbook = try Runbook(text: "# The `pi2`   *node* &amp; <share>\n", name: "R.md")
        #expect(runbook.sections[0].title == "The pi2 node & <share>")
        #expect(try runbook.section(titled: " The pi2 node  & <share>").line == 1)
    }

    @Test func aRepeatedTitleIsRefusedWithBothLines() throws {
        let runbook = try Runbook(text: "# A\n\n## Same\n\n## Other\n\n## Same\n", name: "R.md")
        let error = #expect(throws: RunbookError.self) { try runbook.section(titled: "Same") }
        #expect(
            error?.description
                == "R.md:7: several sections are titled \"Same\", at lines 3 and 7; give each its own title")
        #expect(try runbook.section(titled: "Other").line == 5)
    }

    @Test func anUnknownTitleSaysWhichThereAre() throws {
        let runbook = try Runbook(text: "# A\n\n## B\n", name: "R.md")
        let error = #expect(throws: RunbookError.self) { try runbook.section(titled: "C") }
        #expect(error?.description == "R.md: no section is titled \"C\"; it has \"A\", \"B\"")
        let none = try Runbook(text: "only prose\n", name: "R.md")
        let other = #expect(throws: RunbookError.self) { try none.section(titled: "C") }
        #expect(other?.description == "R.md: no section is titled \"C\"; it has no heading at all")
    }
}
