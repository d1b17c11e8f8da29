extension RecoveryMap {
    /// A section that no drill plays, by a person's decision and for a time.
    public struct Waiver: Sendable, Hashable {
        /// The map's file name, for messages.
        public let file: String
        /// The row's line.
        public let line: Int
        /// The folder under `Fixtures/` it is for.
        public let profile: String
        /// The section's title, white space normalised.
        public let section: String
        /// Why no drill plays it.
        public let reason: String
        /// The last day on which it holds.
        public let until: Day
    }
}
