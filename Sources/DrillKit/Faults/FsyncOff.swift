import Ledger
import Machines

/// A power cut that meets a database which acknowledges what it has in memory alone: `fsync = off`.
///
/// A control: a drill of it must find acknowledged writes lost.
public struct FsyncOff: Fault {
    private let fault: any Fault

    /// Switches the database's syncing off some seconds before a fault.
    public init(before fault: any Fault) { self.fault = fault }

    /// The fault's kind, and what is wrong beside it.
    public var kind: String { fault.kind + ", with fsync off" }
    /// The fault's target.
    public var target: String { fault.target }
    /// The fault's vantage.
    public var vantage: String { fault.vantage }

    /// Sets it in the running server, and lets the clients write for a while.
    public func prepare(_ lab: Lab) async throws {
        try await lab.sandbox.machine(Database.machine).mustRun(
            [
                "runuser", "-u", "postgres", "--", "psql", "-XAtq", "-c", "ALTER SYSTEM SET fsync = off",
                "-c",
                "SELECT pg_reload_conf()", "postgres",
            ], failing: "fsync could not be switched off")
        try await Task.sleep(for: .seconds(8))
        try await fault.prepare(lab)
    }

    /// Cuts.
    public func inject(into lab: Lab) async throws { try await fault.inject(into: lab) }

    /// Sees the fault as it is seen.
    public func confirm(in lab: Lab) async throws -> Confirmation { try await fault.confirm(in: lab) }
}
