import Foundation
import Machines

/// A page of a table has other bytes on the disk than were written, as a bad block leaves it; the server finds out when it
/// reads the page again.
struct PageCorrupted: Fault {
    let kind = "a page of a table corrupted"
    let vantage = "a client on another machine"
    private let database = "erp"
    /// Nobody writes to it, and another table points at it.
    private let table = "customers"

    var target: String { "\(database).\(table) on \(Database.machine)" }

    /// Writes over sixty-four bytes of the table's file, then restarts the server, whose memory holds the page still.
    func inject(into lab: Lab) async throws {
        let file = try await lab.database.ask(
            "CHECKPOINT; SELECT pg_relation_filepath('\(table)')", in: database)
        let machine = try lab.sandbox.machine(Database.machine)
        try await machine.mustRun(
            [
                "sh", "-c",
                """
                head -c 64 /dev/urandom | dd of="$1" bs=1 seek=6000 conv=notrunc,fsync status=none
                systemctl restart postgresql
                """, "-", "/var/lib/postgresql/15/main/\(file)",
            ], deadline: .seconds(90), failing: "the page could not be written over")
    }

    /// Sees what a client is told that reads the table.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let said = try await lab.database.refuses(
            "SELECT count(name) FROM \(table)", in: database, saying: "invalid page in block 0 of relation")
        return Confirmation(vantage: vantage, seen: said)
    }
}
