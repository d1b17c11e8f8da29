public import Foundation

/// One line of the ledger's journal, which is a file of JSON lines.
///
/// Which fields a line has depends on its event; ``LedgerJournal`` says which and refuses a line without them.
public struct LedgerLine: Sendable, Codable, Equatable {
    /// What happened.
    public enum Event: String, Sendable, Codable {
        /// The client began to write or to read (`detail`), for writes of this `prefix`.
        case began
        /// Write `number` of `store` is about to be sent; this line is on the disk before that.
        case sent
        /// The store said that it keeps the write.
        case acknowledged
        /// The store said no, or could not be reached at all: it cannot have the write.
        case refused
        /// No answer came: the store may have the write or not.
        case unknown
        /// The store has something under `number`, and this is its `content`.
        ///
        /// Number 0 is something that no writer writes; `detail` is its name.
        case found
        /// The store's reading is complete; `count` lines of it say what was found.
        case read
        /// The store could not be read to its end; `detail` says why.
        case unreadable
        /// Anything that a person should know.
        case note
    }

    /// Seconds since the case's start, on the monotonic clock.
    public var at: Double
    /// What happened.
    public var event: Event
    /// The store, such as `postgres`.
    public var store: String?
    /// The write's number in its store, from 1.
    public var number: Int?
    /// What was found.
    public var content: String?
    /// How many things were found.
    public var count: Int?
    /// What the contents of this journal's writes are derived from, with the store and the number.
    public var prefix: String?
    /// Words for a person; never a secret.
    public var detail: String?

    /// Makes a line; the time is kept to the microsecond.
    public init(
        at: Double, event: Event, store: String? = nil, number: Int? = nil, content: String? = nil,
        count: Int? = nil, prefix: String? = nil, detail: String? = nil
    ) {
        self.at = (at * 1e6).rounded() / 1e6
        self.event = event
        self.store = store
        self.number = number
        self.content = content
        self.count = count
        self.prefix = prefix
        self.detail = detail
    }

    /// The line as it stands in the file, with its newline.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data([UInt8(ascii: "\n")])
    }
}
