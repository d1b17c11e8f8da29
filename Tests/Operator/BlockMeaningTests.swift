import Boundary
import Testing

@testable import Operator

/// A block means what it means in a bash with `set -euo pipefail`, and its failure names its line.
@Suite struct BlockMeaningTests {
    @Test func variablesFunctionsAndFolderPersist() async throws {
        let outcome = try await Following()(
            runbook(
                "x=1; declare y=2; f() { echo \"f $1\"; }; cd /usr", "f \"$x$y\"; pwd; set -- a b", "echo $2")
        )
        #expect(outcome.end == .followed)
        #expect(outcome.steps.map(\.stdout) == ["", "f 12\n/usr\n", "b\n"])
        #expect(outcome.steps.map(\.exit) == [0, 0, 0])
    }

    @Test func outputIsSplitPerStepAndStream() async throws {
        let outcome = try await Following()(
            runbook("printf no-newline; printf err >&2", "echo two; echo err2 >&2", "true"))
        #expect(outcome.steps.map(\.stdout) == ["no-newline", "two\n", ""])
        #expect(outcome.steps.map(\.stderr) == ["err", "err2\n", ""])
    }

    /// Each script fails where `# HERE` stands.
    @Test(arguments: [
        "echo a\nfalse # HERE\necho never",
        "echo \\\n  a\n\nls /nonexistent \\\n  -l || false # HERE",
        "f() {\n  echo in\n  false # HERE\n  echo never\n}\n\nf\necho never",
        "(\n  echo sub\n  false # HERE\n  echo never\n)\necho never",
        "{ echo a; false; echo never; } | cat # HERE\necho never",
        "cat <<E | grep -q nothing # HERE\nfoo\nbar\nE\necho never",
        "echo a | grep b # HERE\necho never",
        "for i in 1 2; do\n  [[ $i != 2 ]] # HERE\ndone\necho never",
        "while read -r l; do\n  echo $l\n  false # HERE\ndone </etc/hostname",
        "true &&\n  true &&\n  false # HERE\necho never",
        "set +e\nfalse\necho on\nset -e\nfalse # HERE\necho never",
        "x=$(\n  false\n) # HERE\necho never",
        "echo 1\n\necho $undefined_thing # HERE\necho never",
        "echo 1\nif true; then\n  echo ( # HERE\nfi\n",
        "echo 1\nexit 3 # HERE\n",
        "echo 1\nexit 0 # HERE\n",
        "echo 1\nexec sh -c 'echo replaced; exit 4' # HERE\n",
        "echo 1\nexec true # HERE\n",
        "echo 1\nkill -9 $$ # HERE\n",
        "trap 'echo mine' EXIT\nfalse # HERE\n",
        "nosuchcommand # HERE\necho never",
        "trap - ERR # HERE\nfalse",
        "f() { exit 3; # HERE\n}\nf\necho never",
        "echo ${unset_too:?must be set} # HERE\necho never",
        "break # HERE\n",
        "break # HERE\necho never",
        "echo 1\nreturn # HERE\necho never",
        "continue # HERE\necho never",
        "if true; then\n  return 0 # HERE\nfi\necho never",
    ])
    func failureNamesItsLine(script: String) async throws {
        let text = runbook("echo before", script)
        let outcome = try await Following()(text)
        let expected = try line(of: "# HERE", in: text)
        let record = try #require(outcome.steps.last)
        #expect(record.failedLine == expected, "\(outcome.message ?? "followed")")
        #expect(outcome.message?.hasPrefix("CLUSTER_RECOVERY.md:\(expected): ") == true)
        #expect(!record.stdout.contains("never"))
        #expect(outcome.steps.first?.stdout == "before\n")
    }

    /// What leaves a function, a loop or a subshell leaves no block.
    @Test(arguments: [
        "f() { return 0; echo never; }\nf", "for i in 1 2; do continue; done", "while true; do break; done",
        "cat <<E\n  text\nE", "echo a \\", "# nothing", "(exit 0)", "set -x; true; set +x",
    ])
    func aBlockThatComesToItsEndIsFollowed(script: String) async throws {
        let outcome = try await Following()(runbook("echo before", script + "\n", "echo after"))
        #expect(outcome.message == nil)
        #expect(outcome.steps.last?.stdout == "after\n")
    }

    @Test func stepAfterAFailureIsNotRun() async throws {
        let outcome = try await Following()(runbook("echo one", "false", "echo three"))
        #expect(outcome.steps.count == 2)
        #expect(outcome.steps[1].exit == 1)
    }

    @Test func functionOfAnEarlierBlockFailsOnItsOwnLine() async throws {
        let text = runbook("f() {\n  false # HERE\n}", "f")
        let outcome = try await Following()(text)
        #expect(outcome.steps.count == 2)
        #expect(outcome.steps.last?.failedLine == (try line(of: "# HERE", in: text)))
    }

    @Test func aBlockThatGivesUpIsQuoted() async throws {
        let outcome = try await Following()(runbook("echo 'no node is active' >&2; exit 1"))
        #expect(
            outcome.message
                == "CLUSTER_RECOVERY.md:8: the block gave up with `exit 1`; last it said `no node is active`")
    }

    @Test func reasonQuotesWhatWasLastSaid() async throws {
        let outcome = try await Following()(runbook("echo 'no such peer' >&2; (exit 7)"))
        #expect(outcome.message == "CLUSTER_RECOVERY.md:8: exit status 7; last it said `no such peer`")
    }

    @Test func whoAsksAtItsEndIsQuotedByWhatItPrintedBefore() async throws {
        let outcome = try await Following()(
            runbook("healthy=false; echo \"healthy: $healthy\"; [ $healthy = true ]"))
        #expect(outcome.message == "CLUSTER_RECOVERY.md:8: exit status 1; last it said `healthy: false`")
        // What it asked in vain on the way is not what it complains of.
        let noisy = try await Following()(runbook("echo 'not yet' >&2\necho 'healthy: false'\n[ '' = true ]"))
        #expect(noisy.message == "CLUSTER_RECOVERY.md:10: exit status 1; last it said `healthy: false`")
    }

    @Test func bashIsNotStricterThanItself() async throws {
        let outcome = try await Following()(
            runbook(
                "x=$(false; echo kept)\nif false; then :; fi\nfalse || echo or\n! true\necho $x\nfalse && true; echo end"
            ))
        #expect(outcome.message == nil)
        #expect(outcome.steps.first?.stdout == "or\nkept\nend\n")
    }

    @Test func runbooksOwnExitTrapIsRun() async throws {
        try await Following.inFolder { folder in
            let outcome = try await Following()(runbook("trap 'echo gone >\(folder)/trap' EXIT", "echo on"))
            #expect(outcome.end == .followed)
            #expect(try SharedPath(folder + "/trap").text() == "gone\n")
        }
    }

    @Test func fileNameMayHaveSpaces() async throws {
        try await Following.inFolder { folder in
            try await OperatorShell.with(Following().launch(folder: folder)) { shell in
                var step = ShellStep(file: "My runbook (2).md", firstLine: 7, lastLine: 7, script: "echo a")
                #expect(try await shell.run(step, deadline: .seconds(20)).stdout.text == "a\n")
                step.script = "true\necho $unset_thing"
                let result = try await shell.run(step, deadline: .seconds(20))
                #expect(
                    StepFailure.of(step, result, turn: nil)
                        == StepFailure(line: 8, reason: "unset_thing: unbound variable"))
                await #expect(throws: OperatorError.self) {
                    try await shell.run(step, deadline: .seconds(20))
                }
            }
        }
    }

    @Test func tracingShowsOnlyTheBlock() async throws {
        let outcome = try await Following()(runbook("set -x\necho a", "echo b"))
        #expect(outcome.steps.map(\.stderr) == ["++ echo a\n", ""])
    }
}
