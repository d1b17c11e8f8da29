import ArgumentParser
import Evidence
import Foundation

/// Measures how long the chain of a long trail takes to check; entries without files.
struct ChainBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-chain", abstract: "Measure how long a long chain takes to check.",
        discussion: """
            Makes chains of a quarter, half and all of so many entries in memory, unsigned and signed, and \
            checks order, hashes and signatures and that beginnings and ends fit together. Prints a Markdown \
            table; CPU time is that of all processors. Only a release build tells anything.

            Example:
              $ swift run -c release drillctl bench-chain
            """,
        shouldDisplay: false)

    @Option(help: "How many entries.") var entries = 100_000

    func run() throws {
        var rows: [[String]] = []
        for isSigned in [false, true] {
            for count in [entries / 4, entries / 2, entries] {
                let trial = try ChainTrial(entries: count, isSigned: isSigned)
                var (samples, processors) = (Samples(), Samples())
                for _ in 0..<3 {
                    let before = Self.processorTime
                    samples.note(try trial.check())
                    processors.note(Self.processorTime - before)
                }
                let what = "\(count) entries, \(isSigned ? "signed" : "unsigned"), \(trial.bytes >> 20) MB"
                rows.append(samples.cells(what) + ["\(hundredths(processors.median)) s"])
                tell(rows.last?.joined(separator: " ") ?? "")
            }
        }
        print(Table.markdown(["chain", "times", "median", "best", "worst", "CPU, median"], rows))
    }

    /// What this process has had of all processors so far.
    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
