import Foundation
import Ledger
public import Machines

/// A restored sandbox with its services: all that a fault or a drill knows of the lab.
public struct Lab: Sendable {
    /// The machines behind their wall.
    public let sandbox: Sandbox
    /// The lab's Vault.
    public let vault: Vault
    /// The app that needs all the others.
    public let app: CanaryApp
    /// The replicated volume.
    public let volume: Volume
    /// The database.
    public let database: Database
    /// The box that keeps copies elsewhere, where a drill needs it.
    public let offsite: Offsite

    /// Looks at the services of a sandbox.
    ///
    /// - Throws: ``DrillError`` when its safe is incomplete.
    public init(_ sandbox: Sandbox) throws {
        self.sandbox = sandbox
        self.vault = try Vault(in: sandbox)
        self.app = try CanaryApp(in: sandbox)
        self.volume = Volume(in: sandbox)
        self.database = Database(in: sandbox)
        self.offsite = Offsite(in: sandbox)
    }

    /// Waits until everything is whole, redundancy included: every node of Vault unsealed and voting, every replica
    /// of the volume healed, the database and the repositories kept elsewhere too, the disks taking writes, the app
    /// working with all of them in one place and its leases clean; and, where the off-site box is in use, a copy of
    /// everything in it that is younger than the question.
    ///
    /// - Returns: What was seen, by service.
    /// - Throws: ``NotWhole`` with all that was not, `WaitError` for the mirror and the off-site box.
    func becomesWhole(within deadline: Duration) async throws -> [String: String] {
        let asked = Date()
        let whole = Wholeness([
            "vault": { try await vault.becomesWhole(within: deadline).description },
            "volume": { try await volume.becomesWhole(within: deadline) },
            "database": { try await database.becomesWhole(within: deadline) },
            "disks": { try await Disks(in: sandbox).takeWrites(within: deadline) },
            "app": {
                // Its leases are in motion until it works.
                try await app.becomesHealthy(within: deadline)
                return try await "healthy, leases: "
                    + AppLeases(vault: vault, database: database).becomeClean(within: deadline)
            },
            "place": { try await app.runsInOnePlace(within: deadline) },
        ])
        var seen = try await whole.seen()
        // A mirroring costs the emulated machines too much to be asked for beside all that.
        seen["repositories"] = try await Repositories(in: sandbox).becomeMirrored(within: deadline)
        if offsite.isInUse {
            seen["offsite"] = try await offsite.hasCopies(since: asked, within: .seconds(150))
        }
        // Each part was whole at some moment of the way here; all of them are so still.
        return seen.merging(try await whole.seen()) { $1 }
    }

    /// The front doors that the ledger's clients write through, each as often as emulated machines can take it beside
    /// their own work and a recovery: an outage is seen to a second, of app and volume to two, of git to eight.
    ///
    /// Twice as often, they kept the one processor of pi2 busy all the time on a slow host, a fifth of it with pushes,
    /// and a `psql` took 46 s.
    var doors: [StorePlan] {
        [
            StorePlan(.vault, interval: 1000), StorePlan(.postgres, interval: 1000),
            StorePlan(.app, interval: 2000, patience: 5000),
            // Longer than the volume holds its writers up when a machine dies, and than the app waits for it.
            StorePlan(.volume, interval: 2000, patience: 20_000),
            StorePlan(.git, interval: 8000, patience: 20_000, reading: 90_000),
        ]
    }

    /// The stores that two machines keep up while one is away: all but those of the database's machine, where the
    /// repositories and the app's rows are too.
    static func stores(without machine: String) -> Set<StoreKind> {
        machine == Database.machine ? [.vault, .volume] : Set(StoreKind.allCases)
    }

    /// What a store may lose when a machine is destroyed: the seconds that the settings of its backups concede.
    ///
    /// PostgreSQL ends a segment of its log 30 s after its first change at the latest (archive_timeout,
    /// templates/postgresql.conf.j2), and shipping it may take 15 s under emulation. The repositories are mirrored
    /// 60 s after the last time began (files/lab-mirror-repositories.timer), in 50 s at most (TimeoutStartSec).
    /// Everything else is on three machines and concedes nothing.
    func concessions(losing machine: String) -> [StoreKind: Double] {
        machine == Database.machine ? [.postgres: 45, .app: 45, .git: 110] : [:]
    }

    /// Where `vault` finds the lab's authority, for commands of the operator's that run in the namespace.
    static let authority = ["VAULT_CACERT": "/safe/ca.pem"]
}
