/// One line of a journal.
public struct JournalEvent: Sendable, Equatable, Decodable {
    /// The line's number, counted from 1.
    public let n: Int
    /// When it was recorded, by the host's clock.
    public let t: Timestamp
    /// Seconds since the journal began, by a clock that is never set, rounded to the millisecond.
    public let at: Double
    /// What happened.
    public let entry: JournalEntry

    private enum Keys: String, CodingKey {
        case n
        case t
        case at
        case kind
    }

    init(n: Int, t: Timestamp, at: Double, entry: JournalEntry) {
        self.n = n
        self.t = t
        self.at = at
        self.entry = entry
    }

    /// Reads a line; throws `DecodingError` on an unknown kind or a missing field.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        n = try container.decode(Int.self, forKey: .n)
        t = try container.decode(Timestamp.self, forKey: .t)
        at = try container.decode(Double.self, forKey: .at)
        entry = try JournalEntry(try container.decode(JournalEntry.Kind.self, forKey: .kind), from: decoder)
    }
}
