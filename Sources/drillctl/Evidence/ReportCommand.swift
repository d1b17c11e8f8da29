import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Report

/// Writes runs as one page for a browser.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the latest run as one HTML file.",
        discussion: """
            The file holds everything it shows: it opens from disk, needs no network and runs no script. It \
            begins with what failed and a link to the step, then what stood in for prod and whether the wall \
            held, then every case with its timeline and transcript, and the trend over all runs in the \
            evidence folder. What cannot be read is shown as such.

            Prints the file's path. Exits 0 when the file is written, whatever the verdicts, 2 when it is not.

            Examples:
              $ drillctl report
              $ drillctl report --run 20261123T070407Z-7a60 --out monday.html
            """)

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A run, if not the latest; give it again for more.", valueName: "name"))
    var names: [String] = []
    @Option(
        help: ArgumentHelp(
            "Where to write it, if not into the run's folder as report.html.", valueName: "file"))
    var out: String?

    func run() throws {
        let store = Verdicts.store
        let html = try RunReport(runs: names, in: store).html()
        let file = try out ?? store.runFolder(names.last).appending(path: "report.html").path
        do {
            try html.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw DrillError(
                "cannot write \(file)", lastSeen: error.localizedDescription,
                next: "name another file with --out")
        }
        print(file)
    }
}
