import Boundary
import Foundation
import Machines
import Synchronization

/// The database server on its machine, and the archive of its log on another.
public struct Database: Sendable {
    let sandbox: Sandbox
    /// The machine that it runs on.
    static let machine = "pi2"
    /// The machine that keeps the archive and the base backups.
    static let backups = "pi3"
    /// The databases that the plays make.
    static let names = ["erp", "shortener"]

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until the server answers and could be lost: a base backup of its timeline is kept elsewhere, and every
    /// segment of its log from there to one that is ended now.
    ///
    /// What lies in the archive is looked at: that the server takes a segment for archived is no proof of it.
    ///
    /// - Returns: What was seen, in a line.
    func becomesWhole(within deadline: Duration) async throws -> String {
        // The segment of the moment is ended once; then it must be in the archive.
        let ended = Mutex(
            try await eventually("the database answers", within: deadline, every: .seconds(1)) {
                try await endSegment()
            })
        return try await eventually("its log is kept elsewhere", within: deadline, every: .seconds(1)) {
            let timeline = try await segment("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").timeline
            var segment = ended.withLock(\.self)
            if segment.timeline != timeline {
                // It was restored meanwhile: what it wrote before is another's history.
                segment = try await endSegment()
                ended.withLock { [segment] in $0 = segment }
            }
            let archive = try await DatabaseArchive(on: sandbox.machine(Self.backups))
            if let lack = archive.lack(to: segment) { throw NotYet("\(Self.backups): \(lack)") }
            try await verify(base: archive.newest ?? "")
            return "archived up to \(segment), on base backup \(archive.newest ?? "")"
        }
    }

    /// Sees that a base backup is what its manifest says: a file of it that is cut short would be found by who needs it.
    private func verify(base: String) async throws {
        let said = try await sandbox.machine(Self.backups).run(
            [
                "runuser", "-u", "backup", "--", "/usr/lib/postgresql/15/bin/pg_verifybackup", "--quiet",
                "--no-parse-wal", "/var/backups/postgres/base/\(base)",
            ], input: nil, deadline: .seconds(100))
        guard said.exit == 0 else { throw NotYet("base backup \(base): \(said.stderr)\(said.stdout)") }
    }

    /// Ends the segment of the moment and names it.
    private func endSegment() async throws -> LogSegment {
        try await segment("SELECT pg_walfile_name(pg_switch_wal())")
    }

    private func segment(_ statement: String) async throws -> LogSegment {
        guard let segment = LogSegment(name: try await ask(statement)) else {
            throw NotYet("it names no segment of its log")
        }
        return segment
    }

    /// What a statement gives, asked by the administrator on the server's own machine: its rows, a line each.
    ///
    /// - Throws: what the server said, when it refuses or is not there.
    func ask(_ statement: String, in database: String = "postgres") async throws -> String {
        let said = try await administrate([
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement, database,
        ])
        guard said.exit == 0 else { throw NotYet(said.stderr) }
        return said.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a program on the server's machine as its administrator.
    func administrate(_ command: [String]) async throws -> GuestCommandResult {
        try await sandbox.machine(Self.machine).run(
            ["runuser", "-u", "postgres", "--"] + command, input: nil, deadline: .seconds(150))
    }

    /// What a client gets to see: the ledger's own user, from another machine, over the network.
    func client(_ statement: String, in database: String) async throws -> GuestCommandResult {
        let script = """
            read -r PGPASSWORD; export PGPASSWORD PGCONNECT_TIMEOUT=5
            exec psql -XAtq -v ON_ERROR_STOP=1 -c "$1" \
              "host=\(Self.machine) dbname=$2 user=ledger sslmode=verify-full sslrootcert=/etc/ssl/lab-ca.pem"
            """
        let safe = try Safe(folder: sandbox.safe)
        return try await sandbox.machine(sandbox.plan.machines[0].name).run(
            ["sh", "-c", script, "-", statement, database],
            input: (safe.secrets["ledger-password"] ?? "") + "\n", deadline: .seconds(20))
    }

    /// Waits until a client gets an error that holds one of the words; what it said, in a line.
    func refuses(
        _ statement: String, in database: String, saying words: String,
        within deadline: Duration = .seconds(60)
    ) async throws -> String {
        try await eventually("a client is told \"\(words)\"", within: deadline, every: .guestPace) {
            let said = try await client(statement, in: database)
            guard said.exit != 0, said.stderr.contains(words) else {
                throw NotYet("\(said.stdout.prefix(200))\(said.stderr.prefix(300))")
            }
            return said.stderr.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }
}
