import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Machines

/// Says what this host lacks.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what this host lacks, and the one command that mends it.",
        discussion: """
            Looks for the programs, opens a namespace to see that it truly works, and measures memory, \
            cores and disk. It changes nothing.

            Exits 0 when a lab can be brought up here, 1 when not.

            Example:
              $ drillctl doctor
            """)

    @Flag(help: "Print one JSON object.") var json = false

    func run() async throws {
        let report = await HostReport.look(cache: try Cache.standard(), runs: try RunFolders.open())
        print(json ? try Self.json(report) : Self.text(report))
        if !report.isGood { throw ExitStatus.no }
    }

    private static func text(_ report: HostReport) -> String {
        let marks: [HostCheck.State: String] = [.good: "ok", .missing: "MISSING", .note: "note"]
        let rows = report.checks.map { [marks[$0.state] ?? "", $0.name, $0.seen] }
        guard !report.isGood else {
            return Table.text(["", "CHECK", "SEEN"], rows) + "\n\nthis host can hold the lab: drillctl up"
        }
        let count = report.checks.count { $0.state == .missing }
        return Table.text(["", "CHECK", "SEEN"], rows)
            + "\n\n\(count) missing; mend with: \(report.remedies.joined(separator: "; then "))"
    }

    private struct Answer: Encodable {
        let good: Bool
        let remedies: [String]
        let checks: [HostCheck]
    }

    private static func json(_ report: HostReport) throws -> String {
        let answer = Answer(good: report.isGood, remedies: report.remedies, checks: report.checks)
        return try EvidenceJSON.text(answer)
    }
}
