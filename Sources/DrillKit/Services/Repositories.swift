import Boundary
import Foundation
import Machines

/// The repositories on their machine, and their mirror on another.
struct Repositories {
    private let sandbox: Sandbox
    private static let own = "/srv/git/lab.git"
    private static let mirror = "/var/backups/git/lab.git"

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until the mirror has all that the repository had at the beginning of the question, and goes on by itself.
    ///
    /// The mirror comes by every minute and may take 50 s (``Lab/concessions(losing:)``); it is told to come now, so that
    /// a minute is not waited for, and given no less time.
    ///
    /// - Returns: What was seen, in a line.
    func becomeMirrored(within deadline: Duration) async throws -> String {
        let patience = max(deadline, .seconds(110))
        return try await eventually("the repositories are mirrored", within: patience, every: .seconds(1)) {
            let head = try await ask(
                Database.machine, as: "git", ["git", "-C", Self.own, "rev-parse", "main"])
            _ = try await ask(
                Database.backups, as: "root", ["systemctl", "is-active", "lab-mirror-repositories.timer"])
            _ = try await ask(
                Database.backups, as: "backup",
                ["env", "HOME=/var/backups", "/usr/local/sbin/lab-mirror-repositories"])
            _ = try await ask(
                Database.backups, as: "backup",
                ["git", "-C", Self.mirror, "merge-base", "--is-ancestor", head, "main"])
            return "\(Database.backups) has \(head.prefix(8))"
        }
    }

    private func ask(_ machine: String, as user: String, _ command: [String]) async throws -> String {
        let said = try await sandbox.machine(machine).run(
            ["runuser", "-u", user, "--"] + command, input: nil, deadline: .seconds(100))
        guard said.exit == 0 else {
            throw NotYet(
                "\(machine): \(command.joined(separator: " ")): exit \(said.exit) \(said.stdout)\(said.stderr)"
            )
        }
        return said.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
