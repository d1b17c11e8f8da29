import Testing

@testable import Operator

/// A status that the item announces ("exits 2 while sealed") neither stops the block nor fails the step.
@Suite struct ExpectedExitTests {
    private func follow(_ script: String) async throws -> SectionOutcome {
        try await Following()(runbook(script, item: "[AGENT] Look at each node; it exits 2 while sealed."))
    }

    @Test func loopOverTheNodesGoesOn() async throws {
        let outcome = try await follow("for n in 1 2 3; do\n  sh -c 'exit 2'\n  echo \"$n $?\"\ndone")
        #expect(outcome.end == .followed)
        #expect(outcome.steps.first?.stdout == "1 2\n2 2\n3 2\n")
    }

    @Test func lastCommandMayExitSo() async throws {
        let outcome = try await follow("for n in 1 2 3; do sh -c 'exit 2'; done")
        #expect(outcome.end == .followed)
        #expect(outcome.steps.first?.exit == 2)
    }

    @Test(arguments: [
        "sh -c 'exit 2'\nfalse # HERE\necho never",
        "sh -c 'exit 2'\n(false) # HERE\necho never",
        "sh -c 'exit 2'\n[[ a == b ]] # HERE\necho never",
        "sh -c 'exit 2' | cat\nsh -c 'exit 3' | cat # HERE\necho never",
        "f() { sh -c 'exit 2'; echo in; sh -c 'exit 2'; }\nf\nx=$(sh -c 'exit 2')\n(sh -c 'exit 2')\nfalse # HERE",
        "sh -c 'exit 2'\necho $unset_thing # HERE\necho never",
        "if true; then\n  echo ( # HERE\nfi",
    ])
    func anyOtherFails(script: String) async throws {
        let text = runbook(script, item: "[AGENT] Look; it exits 2 while sealed.")
        let outcome = try await Following()(text)
        #expect(outcome.steps.first?.failedLine == (try line(of: "# HERE", in: text)), "\(outcome)")
        #expect(outcome.steps.first?.stdout.contains("never") == false)
    }

    @Test func itIsExpectedInItsOwnStepOnly() async throws {
        let text =
            runbook("sh -c 'exit 2'", item: "[AGENT] It exits 2 while sealed.")
            + "\n[AGENT] Now not.\n\n```sh\nsh -c 'exit 2' # HERE\n```\n"
        let outcome = try await Following()(text)
        #expect(outcome.steps.count == 2)
        #expect(outcome.steps.last?.failedLine == (try line(of: "# HERE", in: text)))
    }
}
