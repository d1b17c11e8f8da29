import Boundary
import Foundation

/// Removes what sandboxes of dead processes left behind.
public struct Reaper: Sendable {
    /// What one reaping did.
    public struct Report: Sendable {
        /// What is known of each sandbox that was removed: its id and what it was for.
        public internal(set) var removed: [String] = []
        /// How many processes had outlived their sandbox's owner and were killed.
        public internal(set) var killed = 0
        /// What could not be removed, and why.
        public internal(set) var left: [String] = []

        /// A line for a person; nil if there was nothing to do.
        public var message: String? {
            guard !removed.isEmpty || !left.isEmpty else { return nil }
            var parts: [String] = []
            if !removed.isEmpty {
                parts.append("removed \(removed.count) dead sandbox\(removed.count == 1 ? "" : "es")")
                parts[0] += " (\(removed.joined(separator: ", ")))"
            }
            if killed > 0 { parts.append("killed \(killed) processes left in them") }
            parts += left.map { "could not remove \($0)" }
            return parts.joined(separator: "; ")
        }
    }

    private let runs: RunFolders

    /// A reaper for the sandboxes of this host and user.
    public init(runs: RunFolders) { self.runs = runs }

    /// Removes every sandbox whose owner no longer holds its lease; those of living owners are not touched.
    public func reap() async throws -> Report {
        var report = Report()
        for id in runs.sandboxes {
            // Free: its owner is dead. From here on it is ours, so two reapers share the work.
            guard let lease = try FileLock.attempt(runs.leaseFile(of: id), .exclusive) else { continue }
            defer { lease.release() }
            do {
                if exists(runs.folder(of: id)) {
                    let purpose = runs.record(of: id)?.purpose ?? "no lease"
                    report.killed += try await endProcesses(of: id)
                    try FileManager.default.removeItem(atPath: runs.folder(of: id))
                    report.removed.append("\(id): \(purpose)")
                }
                lease.remove()
            } catch {
                report.left.append("\(runs.folder(of: id)): \(error)")
            }
        }
        return report
    }

    /// Waits until the sandbox's processes have ended, as they do when their owner dies, and kills those that
    /// have not; gives their number.
    private func endProcesses(of id: String) async throws -> Int {
        let ended = "the processes of \(id) have ended"
        let (runs, id) = (runs, id)
        let gone: @Sendable () throws -> Void? = {
            let living = SandboxProcesses.living(in: runs, id: id)
            if living.isEmpty { return () }
            throw MachineError(
                "still alive", lastSeen: living.map { "pid \($0.pid)" }.joined(separator: ", "))
        }
        do {
            try await eventually(ended, within: .seconds(2), gone)
            return 0
        } catch is WaitError {
            let living = SandboxProcesses.living(in: runs, id: id)
            for process in living { process.kill() }
            try await eventually(ended, within: .seconds(10), gone)
            return living.count
        }
    }
}
