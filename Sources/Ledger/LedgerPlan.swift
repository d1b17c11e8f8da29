public import Foundation

/// What `ledger-client` is told, as a JSON file: written by the harness, never holding a secret.
public struct LedgerPlan: Sendable, Codable, Equatable {
    /// What the contents of all writes are derived from, such as the case's id; in Vault and the paths too.
    public var prefix: String
    /// The case's start in nanoseconds of ``Monotonic``, from which the journal's `at` counts.
    public var epoch: UInt64
    /// The number of the first write; a client that continues a case begins after the last one sent.
    public var first: Int
    /// The certificate authority for every TLS connection, a PEM file.
    public var authority: String
    /// The file with the secrets, mode 0600; see ``LedgerCredentials``.
    public var credentials: String
    /// Milliseconds after the signal to stop in which a store that did not acknowledge its last write is asked again.
    ///
    /// Longer than Vault is between two leaders; with the longest patience after it, shorter than whoever stops the clients
    /// waits.
    public var lastTries: Int
    /// The stores to write to and read back.
    public var stores: [StorePlan]

    /// Makes a plan with the lab's own doors.
    public init(
        prefix: String, epoch: UInt64, first: Int = 1, authority: String = "/safe/ca.pem",
        credentials: String = "/safe/ledger.json", lastTries: Int = 25_000,
        stores: [StorePlan] = StoreKind.allCases.map { .init($0) }
    ) {
        self.prefix = prefix
        self.epoch = epoch
        self.first = first
        self.authority = authority
        self.credentials = credentials
        self.lastTries = lastTries
        self.stores = stores
    }

    /// Reads a plan; what is left out of the file is as in ``init(prefix:epoch:first:authority:credentials:lastTries:stores:)``.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            prefix: try fields.decode(String.self, forKey: .prefix),
            epoch: try fields.decode(UInt64.self, forKey: .epoch))
        first = try fields.decodeIfPresent(Int.self, forKey: .first) ?? first
        authority = try fields.decodeIfPresent(String.self, forKey: .authority) ?? authority
        credentials = try fields.decodeIfPresent(String.self, forKey: .credentials) ?? credentials
        lastTries = try fields.decodeIfPresent(Int.self, forKey: .lastTries) ?? lastTries
        stores = try fields.decodeIfPresent([StorePlan].self, forKey: .stores) ?? stores
    }

    /// The plan as JSON.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
