/// An entry of the chain, named beyond doubt.
public struct EntryReference: Codable, Sendable, Equatable {
    /// Its place in the trail, counted from 0.
    public var index: Int
    /// SHA-256 of its line, without the line's end.
    public var sha256: String
}

/// Where an entry stands: which trail it is of, and after which entry.
///
/// It is part of the statement, so that a signature holds the entry in its place.
public struct ChainLink: Codable, Sendable, Equatable {
    /// The trail's name: 32 random hexadecimal digits, the same in every entry.
    public var trail: String
    /// The entry's place, counted from 0.
    public var index: Int
    /// SHA-256 of the line before; null in the first entry.
    @ExplicitNull public var previous: String?
    /// The entry with which the case began; null in the entry that is it.
    @ExplicitNull public var begun: EntryReference?
    /// How many bytes of a torn line this entry took the place of; null when the line before was whole.
    @ExplicitNull public var cutBytes: Int?

    init(trail: String, index: Int, previous: String? = nil, cutBytes: Int? = nil) {
        self.trail = trail
        self.index = index
        self.previous = previous
        self.cutBytes = cutBytes
    }
}
