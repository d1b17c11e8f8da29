import ArgumentParser
import DrillKit
import Foundation
import Machines

/// Builds the checkpoint if it is not in the cache.
struct MakeCheckpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Build the lab's checkpoint, if it is not there yet.",
        discussion: """
            The checkpoint is the healthy lab, frozen: every drill begins with it. A changed play gives a \
            new one; an unchanged one is never built again. Prints the digests of what went into it.

            Example:
              $ drillctl checkpoint
            """)

    @OptionGroup var choice: ProfileChoice

    func run() async throws {
        let profile = choice.profile
        let description = try await Interrupt.guarding("the checkpoint being built") {
            try await Workshop(profile: profile, say: tell).builder.checkpoint().description
        }
        let facts = [
            ["taken", description.taken.formatted(.iso8601)],
            ["provider", "\(description.provider), \(description.strength.rawValue)"],
        ]
        print(
            Table.columns(
                facts + description.digests.sorted(by: { $0.key < $1.key }).map { [$0.key, $0.value] }))
    }
}
