import ArgumentParser
import DrillKit
import Machines

/// Ends the lab of `up`.
struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End the lab that is up.",
        discussion: """
            Tells the supervisor of `drillctl up` to end, and waits until its sandbox is gone: machines, \
            namespace and folder. The checkpoint stays.

            Example:
              $ drillctl down
            """)

    @Argument(help: "The lab to end, where several are up.") var id: String?
    @Flag(help: "End every lab of `drillctl up`.") var all = false

    func validate() throws {
        if all, id != nil { throw ValidationError("Name one lab or give --all, not both.") }
    }

    func run() async throws {
        let roll = SandboxRoll(runs: try RunFolders.open())
        let labs = all ? roll.up : [try Self.choose(id, in: roll)]
        if labs.isEmpty { print("no lab is up") }
        var trouble: (any Error)?
        for lab in labs {
            do {
                try await Supervisor.end(lab)
                print("\(lab.id) is down")
            } catch {
                // The others are ended all the same.
                if let trouble { tell("error: \(trouble)") }
                trouble = error
            }
        }
        if let trouble { throw trouble }
    }

    /// The lab with this id, or without an id the only one that is up.
    static func choose(_ id: String?, in roll: SandboxRoll) throws -> SandboxRoll.Entry {
        if let id { return try roll.entry(id) }
        guard let only = roll.up.first else {
            let dead = roll.entries.contains { !$0.isOwned }
            throw DrillError(
                "no lab is up",
                next: dead ? "`drillctl reap` removes what dead ones left" : "run `drillctl up`")
        }
        guard roll.up.count == 1 else {
            throw DrillError(
                "several labs are up", lastSeen: roll.up.map(\.id).joined(separator: ", "), next: "name one")
        }
        return only
    }
}
