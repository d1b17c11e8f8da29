import Boundary
import Testing

@testable import Operator

/// Whatever a step does, it ends with a clear reason, and what it printed is kept.
///
/// The bounds tell "did not wait for the sleep" from "waited for it"; they say nothing of speed.
@Suite struct StepLimitTests {
    @Test(arguments: [Following.Place.host, .bubble])
    func endlessStepIsKilledAndItsOutputKept(place: Following.Place) async throws {
        let outcome = try await Following(place: place, deadline: .seconds(1))(
            runbook("echo working; echo 'still at it' >&2; sleep 1000 & sleep 1001"))
        #expect(outcome.steps.first?.stdout == "working\n")
        #expect(outcome.steps.first?.exit == nil)
        #expect((outcome.steps.first?.seconds ?? .infinity) < 60)
        #expect(
            outcome.message
                == "CLUSTER_RECOVERY.md:8: did not end within 1 s and was killed; last it said `still at it`")
    }

    @Test func floodIsDrainedAndCounted() async throws {
        let outcome = try await Following(deadline: .seconds(60))(
            runbook("echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo last", "echo next"))
        #expect(outcome.end == .followed)
        let record = try #require(outcome.steps.first)
        #expect(record.stdout.hasPrefix("first\nxxx"))
        #expect(record.stdout.hasSuffix("xxx\nlast\n"))
        #expect(record.stdout.utf8.count < 140_000)
        #expect(record.omittedBytes == 100_000_012 - 2 * 65_536)
        #expect(outcome.steps.last?.stdout == "next\n")
    }

    @Test func standardInputIsAtItsEnd() async throws {
        let outcome = try await Following(deadline: .seconds(60))(
            runbook("cat; if read -r x; then echo got; else echo eof; fi", "echo next"))
        #expect(outcome.end == .followed)
        #expect(outcome.steps.map(\.stdout) == ["eof\n", "next\n"])
    }

    @Test func nobodyIsAskedOnATerminal() async throws {
        let outcome = try await Following(deadline: .seconds(60))(runbook("read -r x </dev/tty"))
        #expect(outcome.steps.first?.exit == 1)
    }

    @Test func leftBehindProcessIsNamedAndEnded() async throws {
        let outcome = try await Following(place: .bubble)(
            runbook("echo a; setsid sleep 1000 & sleep 1001 &\necho b", "echo never"))
        #expect(outcome.steps.count == 1)
        #expect(outcome.steps.first?.stdout == "a\nb\n")
        let message = try #require(outcome.message)
        #expect(message.hasPrefix("CLUSTER_RECOVERY.md:8: the block ended and left processes behind"))
        #expect(message.contains("sleep 1000`") && message.contains("sleep 1001`"))
    }

    /// ssh's kept connections serve later blocks; what merely calls itself so does not stay.
    @Test func keptConnectionOfSSHStays() async throws {
        let kept = "(exec -a 'ssh: /tmp/ssh-pi1 [mux]' /dev/shm/ssh 1000 >/dev/null 2>&1 &)"
        let stays = try await Following(place: .bubble)(
            runbook("cp /bin/sleep /dev/shm/ssh\n\(kept)", "pkill -x ssh && echo there"))
        #expect(stays.end == .followed)
        #expect(stays.steps.last?.stdout == "there\n")
        let posing = try await Following(place: .bubble)(
            runbook("(exec -a 'ssh: /tmp/ssh-pi1 [mux]' sleep 1000 >/dev/null 2>&1 &)"))
        #expect(posing.message?.contains("left processes behind") == true)
    }

    @Test func endedOnesAreNotInTheNextStep() async throws {
        try await Following.inFolder { folder in
            var following = Following(place: .bubble)
            following.deadline = .seconds(30)
            try await OperatorShell.with(following.launch(folder: folder)) { shell in
                let first = try await shell.run(
                    ShellStep(
                        file: "R.md", firstLine: 1, lastLine: 1,
                        script: "(trap '' TERM; while :; do :; done) &"),
                    deadline: .seconds(30))
                #expect(first.notes.left.count == 1)
                let second = try await shell.run(
                    ShellStep(file: "R.md", firstLine: 1, lastLine: 1, script: "echo x"),
                    deadline: .seconds(30))
                #expect(second.notes.left.isEmpty)
                #expect(second.end == .finished(0))
            }
        }
    }

    @Test func processThatEndsByItselfIsNotLeftBehind() async throws {
        let outcome = try await Following(place: .bubble)(runbook("echo a > >(sleep 0.2; cat)"))
        #expect(outcome.message == nil)
        #expect(outcome.steps.first?.stdout == "a\n")
    }

    @Test func closedOutputIsTheBlocksAlone() async throws {
        let outcome = try await Following()(runbook("echo a; exec >&- 2>&-", "echo b"))
        #expect(outcome.end == .followed)
        #expect(outcome.steps.map(\.stdout) == ["a\n", "b\n"])
    }

    @Test func binaryOutputIsText() async throws {
        let outcome = try await Following()(
            runbook("printf '\\036\\377\\000\\036x'; printf '\\036'", "echo b"))
        #expect(outcome.steps.map(\.stdout) == ["\u{1E}\u{FFFD}\0\u{1E}x\u{1E}", "b\n"])
    }

    @Test(arguments: [Following.Place.host, .bubble])
    func cancellationEndsTheShell(place: Following.Place) async throws {
        try await Following.inFolder { folder in
            let following = Following(place: place, deadline: .seconds(60))
            let launch = following.launch(folder: folder)
            let step = ShellStep(
                file: "R.md", firstLine: 1, lastLine: 1, script: "echo a; >\(folder)/runs; sleep 1000")
            let task = Task {
                try await OperatorShell.with(launch) { try await $0.run(step, deadline: .seconds(60)) }
            }
            try await eventually("the step runs", within: .seconds(20)) {
                try? SharedPath(folder + "/runs").text()
            }
            task.cancel()
            let result = try await task.value
            #expect(result.end == .cancelled)
            #expect(result.stdout.text == "a\n")
            #expect(result.seconds < 60)
        }
    }

    /// Without a pid namespace a process can escape the group; it holds the pipes, and nobody waits for it.
    @Test func escapedProcessHoldsNobodyUp() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await Following(place: .host)(runbook("setsid sleep 60 &\necho a"))
        #expect(outcome.steps.first?.stdout == "a\n")
        #expect(clock.now - start < .seconds(45))
    }

    @Test func shellThatCannotStartSaysWhy() async throws {
        try await Following.inFolder { folder in
            let launch = ShellLaunch(
                command: ["/bin/sh", "-c", "echo no such place >&2; exit 1"], folder: folder)
            let error = await #expect(throws: OperatorError.self) {
                try await OperatorShell.with(launch) { _ in }
            }
            #expect(error?.description.contains("no such place") == true)
        }
    }
}
