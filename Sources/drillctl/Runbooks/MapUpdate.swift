import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Runbooks

/// Writes what the drills came to into RECOVERY_MAP.md.
struct MapUpdate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Write the newest verdicts into RECOVERY_MAP.md.",
        discussion: """
            For each row whose cases have all ended, or of which one failed, the section's digest, the verdict, \
            the day and the longest recovery of the newest evidence go into the last four columns. Every other byte stays as it is, and \
            rows without evidence stay as they are. Verdicts of the section's present text come before those of \
            another.

            Exits 0 when the map is up to date, 2 when evidence or map cannot be read or written.

            Example:
              $ make drill && drillctl map update
            """)

    func run() throws {
        let check = try MapCommand.check()
        let store = Verdicts.store
        let verdicts = try store.runs().flatMap { try store.verdicts(run: $0).verdicts }.filter {
            !$0.isCutOff
        }
        var written: [Int: RecoveryMap.Written] = [:]
        for standing in check.standings() {
            let row = standing.row
            let outcome = DrillOutcome(
                profile: row.profile, drill: row.drill, cases: row.cases, text: standing.section.sha256,
                in: verdicts)
            guard let outcome else {
                tell(
                    "\(check.map.name):\(row.line): \(row.drill) has no evidence of all its cases; left as it is"
                )
                continue
            }
            written[row.line] = .init(
                sectionSHA256: outcome.sectionSHA256, verdict: outcome.result.rawValue,
                date: Day(outcome.finished.date),
                recovery: outcome.recoverySeconds.map { HumanDuration.text(seconds: $0) })
        }
        // A link is followed, or the new file would take its place.
        let file = URL(filePath: check.map.path).resolvingSymlinksInPath()
        let before = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let after = try check.map.text(before, writing: written)
        if after != before { try Self.replace(file, with: after) }
        let what = after == before ? "nothing to write" : "written"
        answer("\(check.map.name): \(written.count) of \(check.map.rows.count) rows have evidence; \(what)")
    }

    /// Puts a whole file in its place, with the mode that it had.
    private static func replace(_ file: URL, with text: String) throws {
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        try Data(text.utf8).write(to: file, options: .atomic)
        if let mode {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
    }
}
