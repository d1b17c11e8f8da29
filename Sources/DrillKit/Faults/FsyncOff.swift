import Machines

/// A power cut that meets a database which acknowledges what it has in memory alone: `fsync = off`.
///
/// A control: a drill of it must find acknowledged writes lost.
public struct FsyncOff: CompoundFault {
    /// The fault that meets it.
    public let fault: any Fault
    /// What is wrong beside it.
    public let condition = "with fsync off"

    /// Switches the database's syncing off some seconds before a fault.
    public init(before fault: any Fault) { self.fault = fault }

    /// Sets it in the running server, and lets the clients write for a while.
    public func makeSo(in lab: Lab) async throws {
        _ = try await lab.database.ask("ALTER SYSTEM SET fsync = off")
        _ = try await lab.database.ask("SELECT pg_reload_conf()")
        try await Task.sleep(for: .seconds(8))
    }
}
