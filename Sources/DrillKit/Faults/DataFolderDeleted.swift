import Boundary
import Foundation
import Ledger
import Machines

/// Somebody deletes the database's folder under the running server.
///
/// The server goes on with the files that it has open, and acknowledges what nobody will find, until it needs one that is
/// gone or misses its lock file, within a minute.
struct DataFolderDeleted: Fault {
    let kind = "the database's folder deleted under the running server"
    let target = Database.machine
    let vantage = "a client on another machine, and systemd's word on the server"

    /// The archive's promise: up to the moment at which nothing is acknowledged any more, which is when it is confirmed.
    func concessions(in lab: Lab) -> [StoreKind: Double] {
        lab.concessions(losing: target).filter { $0.key != .git }
    }

    /// Has the app lease anew, so that Vault knows of a role that no backup has.
    func prepare(_ lab: Lab) async throws {
        try await AppLeases(vault: lab.vault, database: lab.database)
            .renew(on: Array(lab.sandbox.machines.values), within: .seconds(60))
    }

    /// Deletes what is in the folder; a file that the server makes meanwhile may keep its folder.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-c", "rm -rf /var/lib/postgresql/15/main/* || true"],
            failing: "the folder could not be deleted")
    }

    /// Sees that no client gets in any more, and waits until the server has ended: before that it may acknowledge still.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let refused = try await eventually("no client gets in", within: .seconds(60), every: .guestPace) {
            let said = try await lab.database.client("SELECT count(*) FROM ledger", in: "erp")
            guard said.exit != 0 else { throw NotYet("it counted \(said.stdout)") }
            return said.stderr.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        let machine = try lab.sandbox.machine(target)
        let ended = try await eventually("the server has ended", within: .seconds(120), every: .seconds(1)) {
            let state = try await machine.run("systemctl", "is-active", "postgresql")
            guard state.exit != 0 else { throw NotYet(state.stdout) }
            return state.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return Confirmation(vantage: vantage, seen: "\(refused); the server is \(ended)")
    }
}
