import ArgumentParser
import DrillKit
import Foundation
import Machines

/// An interactive `ssh` from the operator's own place.
struct SSH: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssh",
        abstract: "Log in to a machine of the lab, as the operator does.",
        discussion: """
            Runs `ssh MACHINE` from the operator's private root inside the sandbox: with the lab's keys, \
            and without a way out of it. What follows the machine is the command to run there; what \
            follows `--` is not looked at here.

            Examples:
              $ drillctl ssh pi1
              $ drillctl ssh pi2 sudo systemctl status openbao
              $ drillctl ssh pi3 -- df -h
            """)

    @OptionGroup var choice: SandboxChoice
    @Argument(help: "The machine: pi1, pi2 or pi3.") var machine: String
    @Argument(parsing: .allUnrecognized, help: "A command to run there instead of a shell.")
    var command: [String] = []

    func run() throws {
        let (entry, way) = try SandboxRoll(runs: try RunFolders.open()).open(choice.sandbox)
        guard way.machines[machine] != nil else {
            throw DrillError(
                "no machine of \(entry.id) is called \(machine)",
                lastSeen: way.machines.keys.sorted().joined(separator: ", "), next: "name one of these")
        }
        try Exec.become(
            way.command(
                ["ssh", machine] + command, terminal: ProcessInfo.processInfo.environment["TERM"]))
    }
}

/// The operator's shell.
struct Shell: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open the operator's shell in the lab.",
        discussion: """
            A shell in the place where runbooks are followed: `ssh`, `vault` and `bao` at hand, the lab's \
            machines by name, nothing of this host, and no way out of the sandbox.

            Example:
              $ drillctl shell
              operator:~$ vault status -address=https://pi1:8200
            """)

    @OptionGroup var choice: SandboxChoice

    func run() throws {
        let (_, way) = try SandboxRoll(runs: try RunFolders.open()).open(choice.sandbox)
        // Told on the command line, since the operator's home holds only what a runbook needs.
        let prompt = #"PS1='operator:\w\$ ' exec bash --norc --noprofile -i"#
        try Exec.become(
            way.command(
                ["bash", "-c", prompt], terminal: ProcessInfo.processInfo.environment["TERM"]))
    }
}
