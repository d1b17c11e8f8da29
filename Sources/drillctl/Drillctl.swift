import ArgumentParser
import Foundation
import Gate

/// The command line: thin, each command a few lines over the rooms that do the work.
@main
struct Drillctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drillctl",
        abstract: "Recovery drills on a lab of three machines that cannot reach prod.",
        discussion: """
            A first hour:
              drillctl doctor      what this host lacks, and the one command that mends it
              drillctl up          the lab, healthy, in seconds (minutes the first time)
              drillctl ssh pi1     look around, break something
              drillctl restore     the lab as it was
              drillctl down        and gone

            Exit status:
              0    done; or the answer is yes
              1    the answer is no: something is missing, not drillable, or not passed
              2    it could not be done; the line on standard error says why and what next
              64   the command line is wrong
              130  ended by Ctrl-C (143: by SIGTERM); what was begun is torn down
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Lab",
                subcommands: [
                    Up.self, Restore.self, SSH.self, Shell.self, Down.self, Release.self, List.self,
                    Reap.self,
                ]),
            CommandGroup(
                name: "Host", subcommands: [Doctor.self, MakeCheckpoint.self, CacheCommand.self]),
            CommandGroup(name: "Drills", subcommands: [Explain.self, Break.self, GameDayCommand.self]),
            CommandGroup(
                name: "Evidence",
                subcommands: [
                    RunbookCommand.self, MapCommand.self, GateCommand.self, Verdicts.self, Verify.self,
                    Secrets.self, HeadCommand.self, KeyCommand.self, ReportCommand.self, History.self,
                    Recheck.self, Trace.self, Bench.self,
                ]),
            CommandGroup(name: "Internal", subcommands: [Supervise.self, ChainBench.self]),
        ])

    /// Runs the command that was named, and ends with the exit status of the table above.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// Tells of an error in one line; help and wrong usage are the parser's to tell.
    private static func leave(with error: any Error) -> Never {
        let isParsers = error is ExitCode || error is CleanExit || exitCode(for: error) != .failure
        if isParsers { exit(withError: error) }
        tell("\(error)")
        Foundation.exit(ExitStatus.couldNot.rawValue)
    }
}

/// Names of a command's outcomes; ``Drillctl``'s help explains them.
enum ExitStatus {
    /// The answer is no.
    static let no = ExitCode(1)
    /// It could not be done.
    static let couldNot = ExitCode(2)
}

/// Writes a line to standard error, where everything goes that is not the answer itself; nobody may be reading it any more.
@Sendable func tell(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("drillctl: \(line)\n".utf8))
}

/// Writes a line to standard output at once, also where that is a file or a pipe: somebody waits for it.
@Sendable func answer(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}
