import DrillKit
import Evidence
import Foundation
import Ledger
import Machines

/// The measurements of one bench, taken one after another on a host that does nothing else.
struct BenchRun {
    let workshop: Workshop
    let checkpoint: Checkpoint
    private var booted = Samples()
    private var restored = Samples()
    private var paired = Samples()
    private var closed = Samples()
    private var stages: [Stages.Stage: Samples] = [:]
    private var trial: LoadTrial?

    init(workshop: Workshop, checkpoint: Checkpoint) {
        self.workshop = workshop
        self.checkpoint = checkpoint
    }

    /// Cold boots of the frozen disks, until the lab is unsealed and verified healthy.
    mutating func boots(_ count: Int) async throws {
        for number in 0..<count {
            tell("cold boot \(number + 1) of \(count) …")
            booted.note(try await measure(as: .disks))
        }
    }

    /// Restores of disks and memory, until the lab is verified healthy.
    mutating func restores(_ count: Int) async throws {
        for number in 0..<count {
            let (taken, noted) = try await Stages.collecting { try await measure(as: nil) }
            restored.note(taken)
            for (stage, seconds) in noted { stages[stage, default: Samples()].note(seconds) }
            tell("restore \(number + 1) of \(count): \(hundredths(taken / .seconds(1))) s")
        }
    }

    /// Two restores at the same time; each is a sample.
    mutating func pairs(_ count: Int) async throws {
        for number in 0..<count {
            tell("two restores at once, \(number + 1) of \(count) …")
            let (workshop, checkpoint) = (workshop, checkpoint)
            let both = try await withThrowingTaskGroup(of: (Duration, Duration).self) { group in
                for _ in 0..<2 {
                    group.addTask { try await Self.take(workshop, checkpoint, as: nil) }
                }
                return try await group.reduce(into: []) { $0.append($1.0) }
            }
            for taken in both { paired.note(taken) }
        }
    }

    /// The ledger's clients on one restored lab for half a minute, and what the app says meanwhile.
    mutating func load() async throws {
        tell("clients write for 30 s …")
        let sandbox = try await workshop.builder.restore(checkpoint, purpose: "bench", use: .visit)
        trial = try await sandbox.closing { try await LoadTrial.run(on: $0, for: .seconds(30)) }
    }

    private mutating func measure(as strength: CheckpointStrength?) async throws -> Duration {
        let (up, down) = try await Self.take(workshop, checkpoint, as: strength)
        closed.note(down)
        return up
    }

    /// One sandbox: how long it took to be healthy, and to be gone.
    private static func take(
        _ workshop: Workshop, _ checkpoint: Checkpoint, as strength: CheckpointStrength?
    ) async throws -> (up: Duration, down: Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let sandbox = try await workshop.builder.restore(
            checkpoint, purpose: "bench", use: .visit, as: strength)
        let healthy = clock.now
        await sandbox.close()
        return (start.duration(to: healthy), healthy.duration(to: clock.now))
    }

    /// The tables, in Markdown.
    func report() async throws -> String {
        let rows = [
            booted.cells("cold boot to verified healthy"), restored.cells("restore to verified healthy"),
            paired.cells("each of two restores at once"), closed.cells("end of a sandbox"),
        ]
        let table = Table.markdown(["what", "times", "median", "best", "worst"], rows)
        let ratio =
            booted.count == 0 || restored.median == 0
            ? "" : "\n\nA restore is \(tenths(booted.median / restored.median)) times as fast (medians)."
        return "\(try await host)\n\n\(table)\(ratio)\n\n\(whereItGoes)\(underLoad)"
    }

    /// What each store took, and what that cost.
    private var underLoad: String {
        guard let trial else { return "" }
        let paces = trial.paces.sorted { $0.key < $1.key }.map { store, pace in
            [
                store, "\(pace.acknowledged)", tenths(pace.perSecond), "\(hundredths(pace.median)) s",
                "\(hundredths(pace.worst)) s",
            ]
        }
        var idle = Samples()
        var loaded = Samples()
        for seconds in trial.idle { idle.note(.seconds(seconds)) }
        for seconds in trial.loaded { loaded.note(.seconds(seconds)) }
        let costs = [idle.cells("with nobody writing"), loaded.cells("with the clients writing")]
        return "\n\n" + Table.markdown(["writes to", "acknowledged", "a second", "median", "worst"], paces)
            + "\n\n" + Table.markdown(["the app's answer", "times", "median", "best", "worst"], costs)
    }

    /// The stages of one restore; of those that machines go through side by side, the slowest machine's.
    private var whereItGoes: String {
        let rows = Stages.Stage.allCases.compactMap { stage in stages[stage]?.cells(stage.rawValue) }
        return Table.markdown(["of a restore", "times", "median", "best", "worst"], rows)
    }

    /// What was measured on.
    private var host: String {
        get async throws {
            let provider = try await workshop.builder.provider(image: workshop.builder.image())
            let cores = ProcessInfo.processInfo.activeProcessorCount
            let memory = ProcessInfo.processInfo.physicalMemory >> 30
            let load = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8).prefix { $0 != " " }
            return """
                Profile \(workshop.folder.name), \(provider.name) with \
                \(provider.acceleration.accelerator.rawValue) (\(provider.acceleration.reason)), \(cores) cores, \
                \(memory) GiB, load \(load.map(String.init) ?? "unknown").
                """
        }
    }
}
