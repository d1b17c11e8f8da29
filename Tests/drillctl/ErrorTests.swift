import Foundation
import Testing

/// What is said when something is not as it should be: one line, what next, and the exit status of the help.
@Suite struct ErrorTests {
    /// A command line, the name of its golden text and the status it ends with.
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let golden: String
        let exit: Int32
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String, _ golden: String, _ exit: Int32) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.golden = golden
            self.exit = exit
        }
    }

    @Test(
        "Errors",
        arguments: [
            Case("down", "down-nothing-up", 2),
            Case("down s-0000", "down-unknown", 2),
            Case("down s-0000 --all", "down-one-and-all", 64),
            Case("restore", "restore-nothing-up", 2),
            Case("ssh pi1", "ssh-nothing-up", 2),
            Case("ssh --sandbox s-0000 pi1", "ssh-unknown-sandbox", 2),
            Case("ssh", "ssh-no-machine", 64),
            Case("shell", "shell-nothing-up", 2),
            Case("release s-0000", "release-unknown", 2),
            Case("verdicts", "verdicts-none", 2),
            Case("verdicts --run ../x", "verdicts-no-such-run", 2),
            Case("report", "report-none", 2),
            Case("report --run ../x", "report-no-such-run", 2),
            Case("runbook check nowhere.md", "runbook-no-file", 2),
            Case("runbook check LICENSE --profile moon", "runbook-no-profile", 2),
            Case("verify", "verify-no-trail", 2),
            Case("verify --head nowhere.json", "verify-no-head", 2),
            Case("verify --key nowhere.pub", "verify-no-key", 2),
            Case("secrets", "secrets-no-checkpoint", 2),
            Case("trace nowhere.txt", "trace-no-file", 2),
            Case("head", "head-no-trail", 2),
            Case("bench --runs 0", "bench-no-runs", 64),
            Case("frobnicate", "unknown-command", 64),
            Case("cache prune", "cache-prune-no-rule", 64),
            Case("cache prune --keep lots", "cache-prune-bad-size", 64),
        ])
    func error(_ example: Case) async throws {
        let program = try Program()
        defer { program.remove() }
        let ended = try await program.run(example.arguments)
        #expect(ended.exit == example.exit)
        #expect(ended.out.isEmpty)
        try expectGolden(ended.err.replacing(Program.checkout, with: "CHECKOUT"), "error-\(example.golden)")
        if example.exit == 2 { #expect(ended.err.split(separator: "\n").count == 1, "one line") }
    }

    @Test("An empty host has nothing to list, to reap or to end")
    func emptyHost() async throws {
        let program = try Program()
        defer { program.remove() }
        for (command, answer) in [
            (["list"], "no sandbox exists\n"), (["reap"], "nothing was left behind\n"),
            (["down", "--all"], "no lab is up\n"),
            (["history"], "there is no run in SCRATCH/evidence yet: run 'make drill'\n"),
        ] {
            let ended = try await program.run(command)
            #expect(ended.exit == 0 && ended.out == answer && ended.err.isEmpty, "\(command): \(ended)")
        }
    }

    @Test("Outside of a checkout, the checkout is asked for")
    func outside() async throws {
        var program = try Program()
        defer { program.remove() }
        program.folder = program.scratch
        let ended = try await program.run(["up"])
        #expect(ended.exit == 2)
        try expectGolden(ended.err, "error-up-outside")
    }
}
