import ArgumentParser
import Boundary
import DrillKit
import Foundation
import Machines

/// The hidden command that `up` turns into a supervisor: it owns one sandbox until it is told to end.
struct Supervise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Own one sandbox until SIGTERM. Started by `drillctl up`.", shouldDisplay: false)

    @Option(help: "The profile.") var profile = ProfileFolder.chosen

    func run() async throws {
        let profile = profile
        do {
            try await Interrupt.guarding("the lab") { try await Self.own(profile) }
        } catch let code as ExitCode {
            throw code
        } catch {
            Self.report(.failed("\(error)"))
            throw error
        }
    }

    /// Restores a sandbox and keeps it until this task is cancelled or its namespace ends.
    private static func own(_ profile: String) async throws {
        let workshop = try Workshop(profile: profile) { report(.says($0)) }
        let checkpoint = try await workshop.builder.checkpoint()
        let clock = ContinuousClock()
        let start = clock.now
        let sandbox = try await workshop.builder.restore(
            checkpoint, purpose: SandboxRoll.supervised, use: .visit)
        do {
            try WayIn.leave(in: Lab(sandbox))
        } catch {
            await sandbox.close()
            throw error
        }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        report(
            .ready(LabUp(id: sandbox.id, profile: profile, machines: sandbox.plan.hosts, seconds: seconds)))
        tell("\(sandbox.id) is healthy after \(tenths(seconds)) s")
        leaveCaller()
        await sandbox.namespace.waitUntilClosed()
        if !Task.isCancelled { tell("the namespace of \(sandbox.id) ended by itself") }
        await sandbox.close()
        tell("\(sandbox.id) is gone")
    }

    /// Tells whoever started this; nobody listening is no reason to end.
    private static func report(_ report: SupervisorReport) {
        if case .says(let words) = report { tell(words) }
        guard var line = try? JSONEncoder().encode(report) else { return }
        line.append(UInt8(ascii: "\n"))
        signal(SIGPIPE, SIG_IGN)
        try? FileHandle.standardOutput.write(contentsOf: line)
    }

    /// Lets go of the caller's pipe: he has what he waited for.
    private static func leaveCaller() {
        let nowhere = open("/dev/null", O_WRONLY)
        dup2(nowhere, STDOUT_FILENO)
        close(nowhere)
    }
}
