import Machines

/// A bad migration: among statements that harm nobody one that drops a table, while everybody else goes on writing.
///
/// The harmless ones change nothing either: the good writes that must not be lost with it are the clients'.
struct TableDropped: Fault {
    let kind = "table dropped by a migration"
    let vantage = "a client on another machine"
    static let database = "erp"
    private let table = "ledger"

    var target: String { "\(Self.database).\(table) on \(Database.machine)" }

    /// Runs the migration as the administrator, in one transaction as migrations are.
    func inject(into lab: Lab) async throws {
        _ = try await lab.database.ask(
            """
            BEGIN;
            COMMENT ON TABLE customers IS NULL;
            DROP TABLE \(table);
            COMMENT ON TABLE invoices IS NULL;
            COMMIT
            """, in: Self.database)
    }

    /// Sees what a client is told.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let said = try await lab.database.refuses(
            "SELECT 1 FROM \(table) LIMIT 1", in: Self.database,
            saying: "relation \"\(table)\" does not exist")
        return Confirmation(vantage: vantage, seen: said)
    }
}
