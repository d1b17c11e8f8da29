import Boundary
import Foundation
import Machines

/// The repositories on their machine, and their mirror on another.
struct Repositories {
    private let sandbox: Sandbox
    private static let own = "/srv/git/lab.git"
    private static let mirror = "/var/backups/git/lab.git"
    /// How long one command may take: the mirroring is the longest.
    private static let look = Duration.seconds(100)

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until the mirror has all that the repository had at the beginning of the question, and goes on by itself.
    ///
    /// The mirror comes by every minute and may take 50 s (``Lab/concessions(losing:)``); it is told to come now, so that
    /// a minute is not waited for, and given no less time.
    ///
    /// - Returns: What was seen, in a line.
    func becomeMirrored(within deadline: Duration) async throws -> String {
        let patience = max(deadline, .seconds(110))
        let (own, backups) = try (sandbox.machine(Database.machine), sandbox.machine(Database.backups))
        return try await eventually("the repositories are mirrored", within: patience, every: .seconds(1)) {
            let head = try await own.mustRun(
                ["runuser", "-u", "git", "--", "git", "-C", Self.own, "rev-parse", "main"],
                deadline: Self.look, failing: "the repository does not tell its newest commit"
            ).trimmingCharacters(in: .whitespacesAndNewlines)
            try await backups.mustRun(
                ["systemctl", "is-active", "--quiet", "lab-mirror-repositories.timer"],
                deadline: Self.look, failing: "nothing mirrors the repositories every minute")
            let asBackup = ["runuser", "-u", "backup", "--"]
            try await backups.mustRun(
                ["systemctl", "start", "lab-mirror-repositories.service"],
                deadline: Self.look, failing: "the repositories could not be mirrored")
            try await backups.mustRun(
                asBackup + ["git", "-C", Self.mirror, "merge-base", "--is-ancestor", head, "main"],
                deadline: Self.look, failing: "the mirror lacks \(head)")
            try await backups.mustRun(
                asBackup + ["git", "-C", Self.mirror, "fsck", "--connectivity-only", "--no-dangling"],
                deadline: Self.look, failing: "the mirror lacks what its commits hold")
            return "\(backups.name) has \(head.prefix(8))"
        }
    }
}
