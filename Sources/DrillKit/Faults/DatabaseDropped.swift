import Machines

/// `DROP DATABASE`, typed into the wrong window: the app's own database is gone, and all who were in it are thrown out.
struct DatabaseDropped: Fault {
    let kind = "database dropped"
    let vantage = "a client on another machine"
    private let database = "shortener"

    var target: String { "\(database) on \(Database.machine)" }

    /// Drops it as its administrator.
    func inject(into lab: Lab) async throws {
        _ = try await lab.database.ask("DROP DATABASE \(database) WITH (FORCE)")
    }

    /// Sees what a client is told.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let said = try await lab.database.refuses(
            "SELECT 1", in: database, saying: "database \"\(database)\" does not exist")
        return Confirmation(vantage: vantage, seen: said)
    }
}
