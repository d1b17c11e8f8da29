import Boundary

/// The app's leases of a database password, as Vault counts them and as the database does.
///
/// Vault does not tell which role a lease has, so that only their numbers can be compared. A database that was brought
/// back from a backup knows roles of leases that Vault has taken back since, which nobody will ever drop, and lacks those
/// of leases that Vault still renews.
struct AppLeases {
    let vault: Vault
    let database: Database

    private static let path = "database/creds/canary"

    /// Waits until there are as many roles as leases, and some.
    ///
    /// - Returns: What was seen, in a line.
    func becomeClean(within deadline: Duration) async throws -> String {
        try await eventually("the app's leases are clean", within: deadline, every: .seconds(1)) {
            let survey = await vault.survey()
            guard let leader = survey.leader else { throw NotYet(survey.description) }
            let leases = try await vault.node(leader).leases(below: Self.path, token: vault.safe.rootToken)
            let roles = try await database.ask("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'v-%'")
            guard roles == "\(leases.count)", !leases.isEmpty else {
                throw NotYet("Vault has \(leases.count) leases out, the database \(roles) roles of such")
            }
            return "\(leases.count) out"
        }
    }
}
