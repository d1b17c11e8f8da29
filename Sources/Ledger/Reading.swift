/// One reading of everything that a store has under a case's prefix.
public struct Reading: Sendable, Codable, Equatable {
    /// One thing that is there.
    public struct Found: Sendable, Codable, Equatable {
        /// The write's number; 0 for something that no writer writes.
        public let number: Int
        /// What it holds.
        public let content: String

        /// Makes an entry; see the properties.
        public init(number: Int, content: String) {
            self.number = number
            self.content = content
        }
    }

    /// When it began, in seconds since the case's start: what was acknowledged later need not be in it.
    public var began: Double
    /// What was found, as often as it was found.
    public var found: [Found]
    /// Why it is no whole reading; nil when it is one.
    public var failure: String?

    /// Makes a reading; see the properties.
    public init(began: Double, found: [Found], failure: String? = nil) {
        self.began = began
        self.found = found
        self.failure = failure
    }
}
