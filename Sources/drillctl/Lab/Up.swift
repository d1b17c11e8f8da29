import ArgumentParser
import DrillKit
import Machines

/// Brings the lab up and leaves it to a supervisor.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the lab up and leave it up.",
        discussion: """
            Restores the lab from its checkpoint and hands it to a supervisor that lives until \
            `drillctl down`. The first time on a host it builds the checkpoint, which takes minutes and \
            says how far it is. While a lab is up, another `up` only says so.

            Example:
              $ drillctl up
              $ drillctl ssh pi1
            """)

    @OptionGroup var choice: ProfileChoice

    func run() async throws {
        let runs = try RunFolders.open()
        if let lab = SandboxRoll(runs: runs).up.first { return Self.alreadyUp(lab) }
        if let reaped = try await Reaper(runs: runs).reap().message { tell(reaped) }
        let profile = choice.profile
        let lab: LabUp? = try await Interrupt.guarding("the bring-up") {
            // Built here and not by the supervisor, so that Ctrl-C and the terminal are the builder's own.
            _ = try await Workshop(profile: profile, say: tell).builder.checkpoint()
            // Another `up` may have been there first: the checkpoint took its minutes.
            if let other = SandboxRoll(runs: runs).up.first {
                Self.alreadyUp(other)
                return nil
            }
            return try await Supervisor.start(profile: profile, runs: runs)
        }
        if let lab { Self.introduce(lab) }
    }

    private static func alreadyUp(_ lab: SandboxRoll.Entry) {
        let profile = lab.record?.profile ?? "?"
        guard lab.wayIn != nil else {
            return print("\(lab.id) is coming up already (profile \(profile)); see `drillctl list`")
        }
        print("\(lab.id) is up already (profile \(profile)); `drillctl restore` puts it back")
    }

    /// Prints what is up and how to get in.
    static func introduce(_ lab: LabUp) {
        print("\(lab.id) is up: profile \(lab.profile), healthy in \(tenths(lab.seconds)) s")
        for (name, address) in lab.machines.sorted(by: { $0.key < $1.key }) {
            print("  \(name)  \(address)")
        }
        let first = lab.machines.keys.min() ?? "pi1"
        print(
            """
            get in:    drillctl ssh \(first)
                       drillctl shell
            put back:  drillctl restore
            end:       drillctl down
            """)
    }
}
