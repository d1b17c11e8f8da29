import Ledger

/// A table of PostgreSQL: one row for each write, each in a transaction of its own.
///
/// The table has no unique key, so that a write which was done twice shows.
final class PostgresDoor: Door {
    let namePrefix = ""
    private let parameters: [(String, String)]
    private var line: PostgresLine?

    init(address: String, login: LedgerCredentials.Login, authority: String) throws {
        let parts = address.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else {
            throw DoorError("postgres has the address \(address); it must be host:port")
        }
        parameters = [
            ("host", String(parts[0])), ("port", "\(port)"), ("dbname", "erp"), ("user", login.user),
            ("password", login.password), ("sslmode", "verify-full"), ("sslrootcert", authority),
            ("gssencmode", "disable"), ("passfile", "/dev/null"), ("application_name", "ledger-client"),
        ]
    }

    func write(_ number: Int, _ content: String, patience: Int) -> Answer {
        let deadline = Deadline(milliseconds: patience)
        let open: PostgresLine
        do {
            open = try line ?? connect(by: deadline, patience: patience)
        } catch { return .refused("\(error)") }
        line = open
        do {
            _ = try open.run(
                "INSERT INTO ledger(number, content) VALUES ($1, $2)", ["\(number)", content], by: deadline)
            return .acknowledged
        } catch {
            // Whatever it was, the next write begins with a connection whose state is known.
            line = nil
            let words = error.state.map { "\($0) \(error)" } ?? "\(error)"
            return Self.isFinal(error.state) ? .refused(words) : .unknown(words)
        }
    }

    /// Whether a server's error says for certain that the transaction was rolled back.
    ///
    /// Not when it speaks of a connection (08), a completion that is not known (40003), its own end in the
    /// middle of the work (57P), or its own defects (58, XX). Source: PostgreSQL 15, appendix A.
    static func isFinal(_ state: String?) -> Bool {
        guard let state else { return false }
        return !["08", "40003", "57P", "58", "XX"].contains { state.hasPrefix($0) }
    }

    func readAll(by deadline: Deadline) throws -> [Found] {
        let rows = try connect(by: deadline, patience: deadline.left)
            .run("SELECT number, content FROM ledger ORDER BY number", by: deadline)
        return rows.map { Found(name: $0[0], content: $0[1]) }
    }

    private func connect(
        by deadline: Deadline, patience: Int
    ) throws(PostgresLine.Failure) -> PostgresLine {
        // The server gives up a little earlier than the client, so that the client learns of it.
        let options = "-c statement_timeout=\(max(1, patience * 3 / 4)) -c synchronous_commit=on"
        let more = [
            ("options", options), ("tcp_user_timeout", "\(patience)"),
            ("connect_timeout", "\(max(2, patience / 1000))"),
        ]
        return try PostgresLine(parameters + more, by: deadline)
    }
}
