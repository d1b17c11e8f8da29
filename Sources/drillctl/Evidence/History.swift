import ArgumentParser
import Evidence
import Foundation
import Report

/// Tells what the evidence folder holds of all runs.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List all runs, and how each case's recovery went over them.",
        discussion: """
            Reads the verdicts of every run in the evidence folder. For each case: how often it passed, its \
            latest recovery beside the median and the worst, its budget, and how flaky it is: of the runs that \
            came to an end with the section's text as it is now, how many did not pass, and how high the true \
            rate may be (one-sided 95 % bound of Clopper and Pearson, 1934; after n passes about 3/n).

            Exits 0, or 2 when the folder cannot be read.

            Examples:
              $ drillctl history
              $ drillctl history --json | jq '.cases[] | {case, entries: (.entries | length)}'
            """)

    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let store = Verdicts.store
        let history = try RunHistory(of: store)
        if json {
            print(try history.json())
        } else if history.runs.isEmpty {
            print("there is no run in \(store.root.path) yet: run 'make drill'")
        } else {
            print(Table.text(HistoryTable.runHeads, HistoryTable.runs(history)))
            print("")
            print(Table.text(HistoryTable.caseHeads, HistoryTable.cases(history)))
        }
    }
}

/// The history in columns.
enum HistoryTable {
    static let runHeads = ["RUN", "PROFILE", "COMMIT", "PASSED", "FAILED", "UNPROVEN", "TOOK", "GAME DAY"]
    static let caseHeads = ["CASE", "RUNS", "PASSED", "RECOVERY", "MEDIAN", "WORST", "BUDGET", "FLAKES"]

    static func runs(_ history: RunHistory) -> [[String]] {
        history.runs.map { run in
            let commit = run.commit.map { $0.prefix(8) + (run.dirty == false ? "" : "+") } ?? "-"
            let counts = Verdict.Result.allCases.map { "\(run.counts[$0.rawValue] ?? 0)" }
            return [run.name, run.profile ?? "-", commit] + counts + [
                text(run.tookSeconds), run.gameDay ?? "-",
            ]
        }
    }

    static func cases(_ history: RunHistory) -> [[String]] {
        history.cases.map { one in
            [
                "\(one.profile) \(one.drill) / \(one.case)", "\(one.entries.count)",
                "\(one.entries.count { $0.result == .passed })", text(one.recoveries.last), text(one.median),
                text(one.recoveries.max()), text(one.entries.last?.budgetSeconds), one.flakeWords,
            ]
        }
    }

    private static func text(_ seconds: Double?) -> String {
        seconds.map { HumanDuration.text(seconds: $0) } ?? "-"
    }
}
