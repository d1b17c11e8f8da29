import ArgumentParser
import Machines

/// Removes what dead runs left behind.
struct Reap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove what runs that died left behind.",
        discussion: """
            Sandboxes die with their owner; what stays of them is a folder. Every start does this by \
            itself. Sandboxes with a living owner are not touched.

            Example:
              $ drillctl reap
            """)

    func run() async throws {
        let report = try await Reaper(runs: try RunFolders.open()).reap()
        print(report.message ?? "nothing was left behind")
        if !report.left.isEmpty { throw ExitStatus.no }
    }
}
