import Machines

/// `DROP DATABASE`, typed into the wrong window: the app's own database is gone, and all who were in it are thrown out.
public struct DatabaseDropped: Fault {
    /// The statement.
    public let kind = "database dropped"
    /// A client's word.
    public let vantage = "a client on another machine"
    private let database = "shortener"

    /// Drops the app's database.
    public init() {}

    /// The database and its machine.
    public var target: String { "\(database) on \(Database.machine)" }

    /// Drops it as its administrator.
    public func inject(into lab: Lab) async throws {
        _ = try await lab.database.ask("DROP DATABASE \(database) WITH (FORCE)")
    }

    /// Sees what a client is told.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let said = try await lab.database.refuses(
            "SELECT 1", in: database, saying: "database \"\(database)\" does not exist")
        return Confirmation(vantage: vantage, seen: said)
    }
}
