/// What a store still has of what it was sent, judged against the history.
///
/// Pure, in the manner of Jepsen's set-full checker (https://github.com/jepsen-io/jepsen,
/// `jepsen/src/jepsen/checker.clj`, `set-full`): an element that is known to be there, by its acknowledgement
/// or because a reading saw it, and that the last whole reading misses is lost; one whose fate is unknown may be
/// there or not; one that nobody wrote must not be. Unlike there, a refusal is an answer that is held against
/// the store, elements have contents, and a history without a whole reading proves nothing.
public struct LedgerJudgement: Sendable, Codable, Equatable {
    /// How many writes were acknowledged.
    public var acknowledged = 0
    /// How many writes were refused.
    public var refused = 0
    /// How many writes got no answer, whatever became of them.
    public var unknown = 0
    /// Writes without an answer that turned out to be there: allowed.
    public var recovered: [Int] = []
    /// Writes that were acknowledged, or seen by an earlier reading, and are not there.
    public var lost: [Int] = []
    /// Of the lost ones, the last that ended in the seconds that the store's backups concede: allowed.
    ///
    /// A backup ends somewhere. It has no holes: a lost write is not conceded where one that was sent after it is
    /// there.
    public var conceded: [Int] = []
    /// Writes that are there more than once.
    public var duplicated: [Int] = []
    /// Writes that are there with another content than was sent.
    public var corrupted: [Int] = []
    /// Numbers that are there and were never sent, or were refused; 0 is something that is no write at all.
    public var invented: [Int] = []
    /// Acknowledged only after the last reading began, and not in it: not judged.
    public var unjudged: [Int] = []
    /// Why the store's contents are not known; nil when they were read to the end.
    public var unread: String?

    /// Judges a history against the readings of its store, oldest first.
    ///
    /// - Parameters:
    ///   - conceding: the seconds since the start of the case whose writes may be lost, because the only copy of
    ///     them was destroyed on purpose; nil for none.
    ///   - listing: How long a backup of the store may take for its list of files, in seconds: what is written meanwhile is in
    ///     it or not, in no order.
    ///   - expected: what the write of a number holds.
    public init(
        _ history: WriteHistory, readings: [Reading], conceding window: ClosedRange<Double>? = nil,
        listing: Double = 0, expected: (Int) -> String
    ) {
        acknowledged = history.writes.count { $0.outcome == .acknowledged }
        refused = history.writes.count { $0.outcome == .refused }
        unknown = history.writes.count { $0.outcome == .unknown }
        guard let last = readings.last else {
            unread = "it was never read back"
            return
        }
        unread = last.failure
        let outcomes = Dictionary(
            history.writes.map { ($0.number, $0.outcome) }, uniquingKeysWith: { first, _ in first })
        let there = Dictionary(grouping: last.found, by: \.number)
        for (number, copies) in there.sorted(by: { $0.key < $1.key }) {
            guard let outcome = outcomes[number], outcome != .refused else {
                invented.append(number)
                continue
            }
            if outcome == .unknown { recovered.append(number) }
            if copies.count > 1 { duplicated.append(number) }
            if !copies.allSatisfy({ $0.content == expected(number) }) { corrupted.append(number) }
        }
        // What a cut-off reading does not name may be there all the same.
        guard unread == nil else { return }
        let seen = Set(readings.dropLast().flatMap { $0.found.map(\.number) })
        for write in history.writes where there[write.number] == nil {
            if seen.contains(write.number), write.outcome != .refused {
                lost.append(write.number)
            } else if write.outcome == .acknowledged {
                write.ended <= last.began ? lost.append(write.number) : unjudged.append(write.number)
            }
        }
        guard let window else { return }
        let missing = Set(lost)
        let lastKept = history.writes.filter {
            there[$0.number] != nil && $0.outcome == .acknowledged && $0.ended <= window.upperBound
        }.map(\.sent).max()
        conceded = history.writes.filter {
            missing.contains($0.number) && window.contains($0.ended)
                && (lastKept ?? 0) <= $0.ended + listing
        }.map(\.number)
    }

    /// Judges a history against one whole reading that began after the last write: the content of each number.
    public init(_ history: WriteHistory, found: [Int: String], expected: (Int) -> String) {
        let found = found.map { Reading.Found(number: $0.key, content: $0.value) }
        self.init(history, readings: [Reading(began: .infinity, found: found)], expected: expected)
    }

    /// What is lost and should not be.
    public var unconceded: [Int] { lost.filter { !conceded.contains($0) } }

    /// What is there and should not be, or not so.
    public var foreign: [Int] { Set(corrupted + invented).sorted() }

    /// True when nothing is wrong but what is conceded, false when something is, nil when the store was not read
    /// to its end and what was read is right: then nobody knows.
    public var isSound: Bool? {
        guard unconceded.isEmpty, duplicated.isEmpty, corrupted.isEmpty, invented.isEmpty else {
            return false
        }
        return unread == nil && unjudged.isEmpty ? true : nil
    }
}
