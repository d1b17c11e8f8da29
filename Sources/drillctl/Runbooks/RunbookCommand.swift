import ArgumentParser
import Boundary
import DrillKit
import Operator
import Runbooks

/// Commands about runbooks.
struct RunbookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook", abstract: "Commands about runbooks.", subcommands: [Check.self])

    /// Tells an author which sections can be drilled, without any machine.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell which sections of a runbook can be drilled, and why not.",
            discussion: """
                Starts no machine and runs nothing, so it is fit for any runbook, also one of prod. For each \
                section it names, by line: an unterminated block, a placeholder that nothing binds, an \
                address of prod, a [HUMAN] item that nobody plays, a section without a drill.

                Exits 0 when every section is drillable, 1 when one is not, 2 when a file cannot be read.

                Example:
                  $ drillctl runbook check ~/lab/CLUSTER_RECOVERY.md
                """)

        @Argument(help: "The runbook, a Markdown file.") var path: String
        @Option(help: ArgumentHelp("The profile that would play it.", valueName: "name"))
        var profile = ProfileFolder.chosen
        @Option(help: ArgumentHelp("RECOVERY_MAP.md, if not the checkout's own.", valueName: "path"))
        var map: String?

        func run() throws {
            let runbook = try Runbook(contentsOf: path)
            let checkout = try Checkout()
            let folder = try ProfileFolder(name: profile, checkout: checkout.path)
            let prod = try ProdAddresses(profile: folder.path)
            let rows = try RecoveryMap(contentsOf: map ?? checkout.recoveryMap).rows(profile: profile)
            let findings = RunbookCheck.findings(
                runbook: runbook, map: rows, bindings: Set(folder.bindings.keys),
                playedItems: Set(try folder.human().entries.map(\.item)),
                addressCheck: { line in
                    prod.finding(in: line).map { found in
                        let what = found.token == found.address ? "" : " (\(found.address))"
                        return "\(found.token) is an address of prod\(what); name the machine instead"
                    }
                })
            print(RunbookReport.text(findings), terminator: "")
            if findings.isEmpty || !findings.allSatisfy(\.isDrillable) { throw ExitStatus.no }
        }
    }
}
