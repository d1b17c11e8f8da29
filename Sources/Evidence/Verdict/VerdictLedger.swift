extension Verdict {
    /// What the clients wrote, over all stores, and what is left of it.
    public struct Ledger: Codable, Sendable, Equatable {
        /// Writes that the store acknowledged.
        public var acknowledged: Int
        /// Writes that the store refused.
        public var refused: Int
        /// Writes that got no answer, so that nobody knows.
        public var unknown: Int
        /// Acknowledged writes that were gone afterwards; null when they were not read back.
        @ExplicitNull public var lost: Int?
        /// How many of the lost ones the backups of a destroyed machine concede.
        public var conceded: Int
        /// The lost ones of each store, by their numbers in the case's ledger.
        ///
        /// Written as `1-3, 7`; nil where none was lost, and in verdicts from before this was told.
        public var lostWrites: [String: String]?
        /// For each store that lost writes, how many seconds before the fault the oldest of them was acknowledged.
        public var recoveryPointSeconds: [String: Double]
        /// For each store whose only copy was destroyed, the seconds that its backups concede.
        public var concededSeconds: [String: Double]

        /// Counts writes; they are not read back until `lost` says how many are gone.
        public init(acknowledged: Int = 0, refused: Int = 0, unknown: Int = 0, lost: Int? = nil) {
            self.acknowledged = acknowledged
            self.refused = refused
            self.unknown = unknown
            self.lost = lost
            conceded = 0
            recoveryPointSeconds = [:]
            concededSeconds = [:]
        }

        /// Reads the counts; verdicts from before machines were destroyed conceded nothing.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            acknowledged = try container.decode(Int.self, forKey: .acknowledged)
            refused = try container.decode(Int.self, forKey: .refused)
            unknown = try container.decode(Int.self, forKey: .unknown)
            lost = try container.decodeIfPresent(Int.self, forKey: .lost)
            conceded = try container.decodeIfPresent(Int.self, forKey: .conceded) ?? 0
            lostWrites = try container.decodeIfPresent([String: String].self, forKey: .lostWrites)
            recoveryPointSeconds =
                try container.decodeIfPresent([String: Double].self, forKey: .recoveryPointSeconds) ?? [:]
            concededSeconds =
                try container.decodeIfPresent([String: Double].self, forKey: .concededSeconds) ?? [:]
        }
    }
}
