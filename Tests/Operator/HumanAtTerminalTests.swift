import Testing

@testable import Operator

/// The simulated human answers the prompts of his table at a terminal, and what he types never shows.
@Suite struct HumanAtTerminalTests {
    private static let item = "[HUMAN] Unseal it."
    private static let secrets = ["share-1": "s3cr3t-one", "share-2": "s3cr3t-two"]

    private func human(
        prompt: String = "Key (hidden):", slip: @escaping @Sendable (String, String) -> String = { $1 }
    ) throws -> SimulatedHuman {
        let entry = HumanTable.Entry(
            item: Self.item, minutes: 2, errand: nil,
            prompts: [.init(text: prompt, secretNames: ["share-1", "share-2"], line: 1)], line: 1)
        return try SimulatedHuman(
            table: HumanTable(name: "human.yml", entries: [entry]), secrets: Self.secrets, slip: slip)
    }

    private func follow(
        _ scripts: String, human: SimulatedHuman, deadline: Duration = .seconds(20),
        place: Following.Place = .host, onEvent: (SectionEvent) -> Void = { _ in }
    ) async throws -> SectionOutcome {
        try await Following(place: place, human: human, deadline: deadline)(
            runbook(scripts, item: Self.item), onEvent: onEvent)
    }

    @Test(arguments: [Following.Place.host, .bubble])
    func promptsAreAnsweredInTurnAndBeginAgain(place: Following.Place) async throws {
        var events: [SectionEvent] = []
        let outcome = try await follow(
            """
            [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo terminal
            for i in 1 2 3; do
              read -rsp 'Key (hidden): ' key; echo; echo "${#key} ${key:7}"
            done
            """, human: try human(), place: place, onEvent: { events.append($0) })
        #expect(outcome.message == nil)
        let prompt = "Key (hidden): \n10 "
        #expect(outcome.steps.first?.stdout == "terminal\n\(prompt)one\n\(prompt)two\n\(prompt)one\n")
        #expect(outcome.humanMinutes == 2)
        let answers = events.compactMap { event -> String? in
            if case .humanAnswered(_, "Key (hidden):", let name) = event { name } else { nil }
        }
        #expect(answers == ["share-1", "share-2", "share-1"])
        #expect(events.count == 5)
    }

    /// A program that leaves echo on, one that switches it on, one that shows what it read.
    @Test(arguments: [
        "read -rp 'Key (hidden): ' key; [[ $key == s3* ]]",
        "stty sane; read -rp 'Key (hidden): ' key; [[ $key == s3* ]]",
        "read -rp $'\\e[1mKey (hidden):\\e[0m ' key; echo \"you typed $key\"; echo \"$key\" >&2",
        "read -rsp 'Key (hidden): ' key; echo \"$key is wrong\"; false",
    ])
    func whatIsTypedNeverShows(script: String) async throws {
        var seen: [SectionEvent] = []
        let outcome = try await follow(script, human: try human(), onEvent: { seen.append($0) })
        #expect(outcome.steps.first?.stdout.contains("Key (hidden):") == true)
        #expect(!"\(outcome) \(seen) \(outcome.message ?? "")".contains("s3cr3t"))
        #expect(outcome.message?.contains("false") != true)
    }

    /// Before any redaction: the terminal itself echoes nothing, even where a program switched echo on.
    @Test(arguments: ["", "stty sane; "])
    func terminalDoesNotEcho(before: String) async throws {
        try await Following.inFolder { folder in
            try await OperatorShell.with(Following().launch(folder: folder)) { shell in
                let entry = try #require(try human().table.entries.first)
                let result = try await shell.run(
                    ShellStep(
                        file: "R.md", firstLine: 1, lastLine: 1,
                        script: before + "read -rp 'Key (hidden): ' key; echo ${#key}"),
                    turn: human().turn(for: entry), deadline: .seconds(30))
                #expect(result.end == .finished(0))
                #expect(result.terminal.text == "Key (hidden): 10\n")
            }
        }
    }

    @Test func promptThatNobodyAnswersIsNamed() async throws {
        let outcome = try await follow(
            "read -rp 'Really seal? [y/N] ' answer", human: try human(), deadline: .milliseconds(600))
        #expect(
            outcome.message
                == "CLUSTER_RECOVERY.md:8: did not end within 0.6 s and was killed: it asked "
                + "`Really seal? [y/N]`, which the human's table does not answer")
        #expect(outcome.steps.first?.stdout == "Really seal? [y/N] ")
    }

    @Test func heMayTypeSomethingWrong() async throws {
        let outcome = try await follow(
            "read -rsp 'Key (hidden): ' key; [[ $key == wr0ng ]]", human: try human(slip: { _, _ in "wr0ng" })
        )
        #expect(outcome.message == nil)
    }

    @Test func agentAfterHimHasNoTerminal() async throws {
        let text =
            runbook("read -rsp 'Key (hidden): ' key; kept=$key", item: Self.item)
            + "\n"
            + runbook("[ -t 0 ] || echo none; read -r x || echo ${#kept}; stty -a </dev/tty || echo none")
        let section = text.replacing("# Recovery\n\nSome prose.\n\n[AGENT]", with: "[AGENT]")
        let outcome = try await Following(human: try human())(section)
        #expect(outcome.message == nil)
        #expect(outcome.steps.last?.stdout == "none\n10\nnone\n")
    }

    @Test func failureAtTheTerminalNamesItsLine() async throws {
        let outcome = try await follow("echo 'no share'\n\nfalse", human: try human())
        #expect(outcome.message == "CLUSTER_RECOVERY.md:10: exit status 1; last it said `no share`")
    }

    @Test func endedTerminalStepKeepsWhatWasShown() async throws {
        let outcome = try await follow("echo shown; exec sh -c 'echo more'", human: try human())
        #expect(outcome.steps.first?.stdout == "shown\nmore\n")
        #expect(outcome.message?.contains("exec") == true)
    }

    /// What was printed before the end is waited for, and not what somebody who escaped goes on to print.
    @Test func whoPrintsWithoutEndHoldsNobodyUp() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let ticks = "for i in $(seq 600); do echo tick || exit; sleep 0.1; done"
        let outcome = try await follow(
            "echo shown; setsid sh -c '\(ticks)' </dev/null & exec true", human: try human())
        #expect(outcome.steps.first?.stdout.hasPrefix("shown\n") == true)
        #expect(outcome.message?.contains("exec") == true)
        #expect(clock.now - start < .seconds(45))
    }
}
