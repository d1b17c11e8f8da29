import ArgumentParser
import DrillKit
import Evidence
import Foundation

/// Prints the verdicts of a run.
struct Verdicts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the verdicts of the latest run.",
        discussion: """
            Reads the evidence that drills left in `evidence/`, or in the folder that DRILL_EVIDENCE names. \
            A case that was begun and has no readable verdict is unproven.

            Exits 0 when there is a case and every case passed, 1 otherwise, 2 when there is no such run.

            Examples:
              $ drillctl verdicts
              $ drillctl verdicts --json | jq '.[] | select(.result != "passed")'
            """)

    @Flag(help: "Print one JSON array.") var json = false
    @Option(name: .customLong("run"), help: ArgumentHelp("The run, if not the latest.", valueName: "name"))
    var name: String?

    /// Where drills leave their evidence.
    static var store: EvidenceStore { .standard(in: (try? Checkout())?.path) }

    func run() throws {
        let list = try Self.store.verdicts(run: name)
        if json {
            print(try list.json())
        } else {
            print(list.table(color: isatty(STDOUT_FILENO) == 1), terminator: "")
        }
        let allPassed = list.verdicts.allSatisfy { $0.result == .passed }
        if list.verdicts.isEmpty || !allPassed { throw ExitStatus.no }
    }
}
