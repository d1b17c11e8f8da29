import Boundary
import Evidence
public import Ledger
import Machines
import Synchronization

/// The archive of the log is broken and nobody notices, for a while before something else goes wrong.
///
/// The command that ships a segment says "done" and does nothing, so that the server throws segments away which nobody
/// else has. What was written meanwhile cannot be brought back by anybody: the section must say so.
public final class ArchiveBroken: CompoundFault {
    /// The fault that meets it.
    public let fault: any Fault
    /// What is wrong beside it.
    public let condition = "with an archive that was broken before"
    /// Seconds from the archive's end to the fault, by sandbox: one fault serves all that stand side by side.
    private let broken = Mutex<[String: Double]>([:])
    private static let segments = 3

    /// Breaks the archive some time before a fault.
    public init(before fault: any Fault) { self.fault = fault }

    /// The fault's vantage, and the disks of both machines.
    public var vantage: String { fault.vantage + ", and the archive's own disk" }

    /// What the archive promises, and all the time in which it was none.
    public func concessions(in lab: Lab) -> [StoreKind: Double] {
        guard let promise = lab.concessions(losing: Database.machine)[.postgres] else { return [:] }
        return [.postgres: promise + broken.withLock { $0[lab.sandbox.id] ?? 0 }]
    }

    /// Has segments "archived" by a command that does nothing, until the server has none of them any more.
    public func makeSo(in lab: Lab) async throws {
        let database = lab.database
        _ = try await database.ask("ALTER SYSTEM SET archive_command = '/bin/true'")
        _ = try await database.ask("SELECT pg_reload_conf()")
        let began = ContinuousClock.now
        // Each round: clients write for a while, and what they wrote fills a segment that is thrown away.
        for _ in 0..<Self.segments {
            try await Task.sleep(for: .seconds(5))
            _ = try await database.ask("SELECT pg_switch_wal()")
        }
        try await eventually(
            "the server has thrown its old log away", within: .seconds(90), every: .seconds(1)
        ) {
            _ = try await database.ask("CHECKPOINT")
            _ = try await database.ask("SELECT pg_switch_wal()")
            guard try await Self.lost(lab) != nil else { throw NotYet("it has all that the archive lacks") }
        }
        let seconds = began.duration(to: .now).seconds
        broken.withLock { $0[lab.sandbox.id] = seconds }
    }

    /// Sees the fault as it is seen, and that there is a segment which neither machine has.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let seen = try await fault.confirm(in: lab)
        guard let lost = try await Self.lost(lab) else {
            throw DrillError(
                "no segment of the log is lost", next: "the archive was not broken for long enough")
        }
        return Confirmation(vantage: vantage, seen: "\(seen.seen); nobody has \(lost)")
    }

    /// The first segment after the archive's last one, if its server has thrown it away.
    private static func lost(_ lab: Lab) async throws -> LogSegment? {
        let archive = try await DatabaseArchive(on: lab.sandbox.machine(Database.backups))
        guard let gap = archive.end?.next else { return nil }
        let own = try await lab.database.ask("SELECT name FROM pg_ls_waldir()").split(separator: "\n")
        return own.contains { $0 == gap.description } ? nil : gap
    }
}
