import Boundary
import Machines

/// The database server on its machine, and the archive of its log on another.
public struct Database: Sendable {
    private let sandbox: Sandbox
    /// The machine that it runs on.
    static let machine = "pi2"
    /// The machine that keeps the archive and the base backups.
    private static let backups = "pi3"

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until the server answers and its log reaches the archive: a segment ended now is kept elsewhere, and
    /// so is a base backup to replay it on.
    ///
    /// - Returns: What it said, in a line.
    func becomesWhole(within deadline: Duration) async throws -> String {
        let machine = try sandbox.machine(Self.machine)
        // The segment of the moment is ended once; then its name, or a later one, must be archived.
        let segment = try await eventually("the database answers", within: deadline, every: .seconds(1)) {
            try await Self.ask("SELECT pg_walfile_name(pg_switch_wal())", machine)
        }
        let base = try await eventually("a base backup is kept", within: deadline, every: .seconds(1)) {
            let kept = try await sandbox.machine(Self.backups).run("ls", "/var/backups/postgres/base")
            guard let newest = kept.stdout.split(separator: "\n").max() else {
                throw NotYet("\(Self.backups) keeps none \(kept.stderr)")
            }
            return newest
        }
        return try await eventually("its log reaches the archive", within: deadline, every: .seconds(1)) {
            let archived = try await Self.ask(
                "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver", machine)
            guard archived >= segment else { throw NotYet("archived up to \(archived), not \(segment)") }
            return "archived up to \(archived), on base backup \(base)"
        }
    }

    private static func ask(_ query: String, _ machine: any Machine) async throws -> String {
        let said = try await machine.run(
            ["runuser", "-u", "postgres", "--", "psql", "-XAtqc", query, "postgres"], input: nil,
            deadline: .seconds(30))
        guard said.exit == 0 else { throw NotYet(said.stderr) }
        return said.stdout.split(separator: "\n").first.map(String.init) ?? ""
    }
}
