import ArgumentParser
import DrillKit
import Foundation
import Runbooks

/// Commands about RECOVERY_MAP.md.
struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Commands about RECOVERY_MAP.md.",
        subcommands: [Check.self, Stale.self, MapUpdate.self])

    /// The map of the checkout, with the runbooks and drills that it ties together.
    static func check(map path: String? = nil) throws -> MapCheck {
        let checkout = try Checkout()
        let runbooks = try ProfileFolder.names(in: checkout.path).map { name in
            (name, try ProfileFolder(name: name, checkout: checkout.path).runbook())
        }
        return MapCheck(
            map: try RecoveryMap(contentsOf: path ?? checkout.recoveryMap),
            runbooks: Dictionary(uniqueKeysWithValues: runbooks),
            drills: Dictionary(uniqueKeysWithValues: Experiment.all.map { ($0.name, $0.cases.map(\.name)) }),
            today: Day(Date()))
    }

    /// A text without the checkout's own path before those of its files.
    private static func short(_ text: String) throws -> String {
        text.replacing(try Checkout().path + "/", with: "")
    }

    private static func table(_ stale: [DrillStanding]) throws -> String {
        let rows = try stale.map { standing in
            [standing.row.drill, "\(try short(standing.path)):\(standing.section.line)", standing.reason]
        }
        return Table.text(["STALE", "SECTION", "WHY"], rows)
    }

    /// Tells whether the map holds together.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell whether map, runbooks and drills agree.",
            discussion: """
                Names by line: a section that neither a drill plays nor a waiver excuses, a waiver that ended, a \
                drill or a waiver without a section, a drill without a row, cases other than the drill declares, \
                an unknown change class, anything that stands there twice. Stale sections are listed, and are no \
                error: they passed with another text than they have now, or not at all.

                Exits 0 when all agree, 1 when something does not, 2 when a file cannot be read.

                Example:
                  $ drillctl map check
                """)

        @Option(help: ArgumentHelp("RECOVERY_MAP.md, if not the checkout's own.", valueName: "path"))
        var map: String?

        func run() throws {
            let check: MapCheck
            do {
                check = try MapCommand.check(map: map)
            } catch let error as RunbookError where error.problems.allSatisfy({ $0.line != nil }) {
                answer(error.description)
                throw ExitStatus.no
            }
            let problems = check.problems()
            let stale = check.standings().filter(\.isStale)
            for problem in problems { answer(try MapCommand.short(problem.description)) }
            if !stale.isEmpty { answer(try MapCommand.table(stale)) }
            answer(
                "\(check.map.name): \(check.map.rows.count) drills, \(check.map.waivers.count) waivers; "
                    + "\(problems.count) wrong, \(stale.count) stale")
            if !problems.isEmpty { throw ExitStatus.no }
        }
    }

    /// Lists what an edit made stale.
    struct Stale: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the drills that an edit of their section made stale.",
            discussion: """
                A drill is stale when RECOVERY_MAP.md has no passed verdict of it for the section's text as it is \
                now. `make drill STALE=1` runs just those.

                Exits 0 when none is, 1 when one is, 2 when a file cannot be read.

                Examples:
                  $ drillctl map stale
                  $ drillctl map stale --names
                """)

        @Flag(help: "Print the drills' names alone, one a line.") var names = false
        @Option(help: ArgumentHelp("Of this profile alone.", valueName: "name"))
        var profile: String?

        func run() throws {
            let stale = try MapCommand.check().standings().filter {
                $0.isStale && (profile == nil || $0.row.profile == profile)
            }
            if names {
                for standing in stale { answer(standing.row.drill) }
            } else {
                answer(stale.isEmpty ? "no drill is stale" : try MapCommand.table(stale))
            }
            if !stale.isEmpty { throw ExitStatus.no }
        }
    }
}
