import Boundary
import Machines

/// The app's leases of a database password, as Vault counts them and as the database does.
///
/// Vault does not tell which role a lease has, so that only their numbers can be compared. A database that was brought
/// back from a backup knows roles of leases that Vault has taken back since, which nobody will ever drop, and lacks those
/// of leases that Vault still renews.
struct AppLeases {
    let vault: Vault
    let database: Database

    private static let path = "database/creds/canary"

    /// Has the app's agent lease anew, and waits for its role, of which no backup knows yet.
    ///
    /// The log is archived 30 s after its first change: where the role came later than in 20, it is done again.
    func renew(on machines: [any Machine], within deadline: Duration) async throws {
        for _ in 0..<3 {
            let began = ContinuousClock.now
            try await renewOnce(on: machines, within: deadline)
            if began.duration(to: .now) < .seconds(20) { return }
        }
        throw NotYet("the app takes more than 20 s to lease anew")
    }

    private func renewOnce(on machines: [any Machine], within deadline: Duration) async throws {
        let before = Set(try await roles())
        _ = try await database.ask("SELECT pg_switch_wal()")
        for machine in machines {
            try await machine.mustRun(
                ["systemctl", "try-restart", "canary-agent"], failing: "the app's agent does not start anew")
        }
        try await eventually("the app has leased anew", within: deadline, every: .seconds(1)) {
            let new = try await roles().filter { !before.contains($0) }
            guard !new.isEmpty else { throw NotYet("the database has no new role of it") }
        }
    }

    private func roles() async throws -> [String] {
        try await database.ask("SELECT rolname FROM pg_roles WHERE rolname LIKE 'v-%'")
            .split(separator: "\n").map(String.init)
    }

    /// Waits until there are as many roles as leases, and some.
    ///
    /// - Returns: What was seen, in a line.
    func becomeClean(within deadline: Duration) async throws -> String {
        try await eventually("the app's leases are clean", within: deadline, every: .seconds(1)) {
            let survey = await vault.survey()
            guard let leader = survey.leader else { throw NotYet(survey.description) }
            let leases = try await vault.node(leader).leases(below: Self.path, token: vault.safe.rootToken)
            let roles = try await roles().count
            guard roles == leases.count, !leases.isEmpty else {
                throw NotYet("Vault has \(leases.count) leases out, the database \(roles) roles of such")
            }
            return "\(leases.count) out"
        }
    }
}
