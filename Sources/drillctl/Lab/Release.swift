import ArgumentParser
import DrillKit
import Foundation
import Machines

/// Lets a sandbox go that KEEP=1 holds.
struct Release: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a sandbox go that KEEP=1 holds.",
        discussion: """
            With KEEP=1 in its environment, a drill that has not passed holds its lab at the step that \
            failed, until this command or Ctrl-C.

            Example:
              $ KEEP=1 swift test --filter VaultSeal     (in another terminal)
              $ drillctl ssh pi1
              $ drillctl release s-4f2a
            """)

    @Argument(help: "The sandbox, as `drillctl list` names it.") var id: String

    func run() throws {
        let entry = try SandboxRoll(runs: try RunFolders.open()).entry(id)
        guard entry.isKept else {
            throw DrillError(
                "nothing holds \(id)", lastSeen: entry.record.map { "it is at work: \($0.purpose)" },
                next: entry.isSupervised ? "end it with `drillctl down`" : "see `drillctl list`")
        }
        try FileManager.default.removeItem(atPath: entry.holdFile)
        print("\(id) is let go; its run goes on")
    }
}
