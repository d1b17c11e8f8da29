/// The secrets of the ledger's clients, as the plays leave them in `/safe/ledger.json` (mode 0600).
public struct LedgerCredentials: Sendable, Codable {
    /// A token of Vault's or of the app's API.
    public struct Token: Sendable, Codable {
        /// The token.
        public let token: String
    }

    /// A user and his password.
    public struct Login: Sendable, Codable {
        /// The user's name.
        public let user: String
        /// The password.
        public let password: String
    }

    /// For Vault.
    public let vault: Token?
    /// For PostgreSQL.
    public let postgres: Login?
    /// For the canary app, and so for its uploads.
    public let app: Token?
    /// For Git over HTTPS.
    public let git: Login?
}
