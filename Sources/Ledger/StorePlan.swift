/// The stores that the ledger knows a door of.
public enum StoreKind: String, Sendable, Codable, CaseIterable {
    /// Vault's KV engine, version 2.
    case vault
    /// A table of a PostgreSQL database.
    case postgres
    /// Rows through the canary app.
    case app
    /// Uploads through the canary app, which lie on the replicated volume.
    case volume
    /// Commits that are pushed over HTTPS.
    case git
}

/// One store of a plan: where its door is and how patient a client is there.
public struct StorePlan: Sendable, Codable, Equatable {
    /// Which store.
    public var store: StoreKind
    /// Where it is: base URLs (vault's several nodes, tried in turn), of postgres `host:port`.
    public var addresses: [String]
    /// Milliseconds from the end of one write to the beginning of the next.
    public var interval: Int
    /// Milliseconds after which a client gives up on an answer.
    public var patience: Int
    /// Milliseconds that reading all of it back may take.
    public var reading: Int

    /// Makes a plan of a store; what is left out is the lab's own.
    public init(
        _ store: StoreKind, addresses: [String]? = nil, interval: Int? = nil, patience: Int? = nil,
        reading: Int? = nil
    ) {
        self.store = store
        self.addresses = addresses ?? Self.doors(store)
        // At most four writes a second: enough to see an outage to a quarter second, and few to read back.
        // A push is a process, a handshake and a dozen synced files on the far side.
        self.interval = interval ?? (store == .git ? 1000 : 250)
        self.patience = patience ?? (store == .git ? 10_000 : 3000)
        self.reading = reading ?? 60_000
    }

    /// Reads a plan; what is left out of the file is the lab's own.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try fields.decode(StoreKind.self, forKey: .store),
            addresses: try fields.decodeIfPresent([String].self, forKey: .addresses),
            interval: try fields.decodeIfPresent(Int.self, forKey: .interval),
            patience: try fields.decodeIfPresent(Int.self, forKey: .patience),
            reading: try fields.decodeIfPresent(Int.self, forKey: .reading))
    }

    private static func doors(_ store: StoreKind) -> [String] {
        switch store {
        case .vault: ["https://pi1:8200", "https://pi2:8200", "https://pi3:8200"]
        case .postgres: ["pi2:5432"]
        case .app, .volume: ["https://app:8443"]
        case .git: ["https://pi2:8444/git/lab.git"]
        }
    }
}
