import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Machines

/// Measures cold boots beside restores, in one run.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a cold boot beside a restore, and where a restore's seconds go.",
        discussion: """
            In one run and on one host: boots the lab from its frozen disks until it is verified healthy, \
            restores it from its checkpoint until it is verified healthy, and restores two at once; then has \
            the ledger's clients write to a restored lab for half a minute, and compares what the app takes to \
            answer without them and with them. Prints Markdown tables with median, best and worst, and, from the \
            evidence, where the seconds of each drill went. Takes some minutes.

            Example:
              $ drillctl bench --runs 20
            """)

    @Option(help: "How many restores to measure.") var runs = 20
    @Option(help: "How many cold boots to measure.") var boots = 3
    @OptionGroup var choice: ProfileChoice

    func validate() throws {
        if runs < 1 || boots < 0 { throw ValidationError("Measure at least one restore.") }
    }

    func run() async throws {
        let (profile, runs, boots) = (choice.profile, runs, boots)
        let report = try await Interrupt.guarding("the bench") {
            let workshop = try Workshop(profile: profile) { _ in }
            let checkpoint = try await Workshop(profile: profile, say: tell).builder.checkpoint()
            // Read first: evidence that cannot be read must not cost the measurements.
            let phases = try PhaseTable.markdown(workshop.evidence).map {
                "\n\nWhere the seconds of the drills went after the restore, medians of the cases as they last ran:"
                    + "\n\n\($0)\n"
            }
            var bench = BenchRun(workshop: workshop, checkpoint: checkpoint)
            try await bench.boots(boots)
            try await bench.restores(runs)
            try await bench.pairs(max(1, runs / 4))
            try await bench.load()
            return try await bench.report() + (phases ?? "")
        }
        print(report)
    }
}
