import ArgumentParser
import Evidence
import Foundation

/// Measures how long the chain of a long trail takes to check; entries without files.
struct ChainBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-chain", abstract: "Measure how long a long chain takes to check.",
        discussion: """
            Makes chains of a quarter, half and all of so many entries in memory, unsigned and signed, and \
            checks order, hashes and signatures. Prints a Markdown table. Only a release build tells anything.

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
                var samples = Samples()
                for _ in 0..<3 { samples.note(try trial.check()) }
                let what = "\(count) entries, \(isSigned ? "signed" : "unsigned"), \(trial.bytes >> 20) MB"
                rows.append(samples.cells(what))
                tell(rows.last?.joined(separator: " ") ?? "")
            }
        }
        print(Table.markdown(["chain", "times", "median", "best", "worst"], rows))
    }
}
