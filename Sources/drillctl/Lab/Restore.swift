import ArgumentParser
import DrillKit
import Machines

/// Puts the lab of `up` back to its checkpoint.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put the lab that is up back to its checkpoint.",
        discussion: """
            Ends the sandbox of `drillctl up` and brings up a fresh one from the same checkpoint: whatever \
            was done to the old one is gone. The new one has another id.

            Example:
              $ drillctl ssh pi1 sudo rm -rf /var/lib/openbao
              $ drillctl restore
            """)

    @Option(help: ArgumentHelp("Which lab, where several are up.", valueName: "id"))
    var sandbox: String?

    func run() async throws {
        let runs = try RunFolders.open()
        let old = try Down.choose(sandbox, in: SandboxRoll(runs: runs))
        let profile = old.record?.profile ?? "lab"
        let clock = ContinuousClock()
        let start = clock.now
        let lab = try await Interrupt.guarding("the restore") {
            try await Supervisor.end(old)
            tell("\(old.id) is gone")
            return try await Supervisor.start(profile: profile, runs: runs)
        }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        print(
            "\(old.id) is restored as \(lab.id): healthy \(tenths(lab.seconds)) s after the checkpoint, "
                + "\(tenths(seconds)) s in all")
    }
}
