import Foundation

/// Every write of one store, in the order in which they were sent, with what became of each.
public struct WriteHistory: Sendable, Codable, Equatable {
    /// What the client learned of one write.
    public enum Outcome: String, Sendable, Codable {
        /// The store said that it has it.
        case acknowledged
        /// The store said no, or could not be reached at all: it cannot have it.
        case refused
        /// No answer came: the store may have it or not.
        case unknown
    }

    /// One write: its number, when it was sent and answered, and the answer.
    public struct Write: Sendable, Codable, Equatable {
        /// Its number, from 1.
        public let number: Int
        /// When it was sent, in seconds since the start of the case.
        public let sent: Double
        /// When its outcome was known, in seconds since the start of the case.
        public let answered: Double
        /// The outcome.
        public let outcome: Outcome

        /// Makes an entry; see the properties.
        public init(number: Int, sent: Double, answered: Double, outcome: Outcome) {
            self.number = number
            self.sent = sent
            self.answered = answered
            self.outcome = outcome
        }
    }

    /// The writes by number.
    public var writes: [Write] = []

    /// Makes a history.
    public init(writes: [Write] = []) { self.writes = writes }

    /// The numbers of the acknowledged writes.
    public var acknowledged: [Int] { writes.filter { $0.outcome == .acknowledged }.map(\.number) }

    /// Seconds from `injection` to the first acknowledged write after the last one that was not.
    ///
    /// Zero when every write after the injection was acknowledged; nil when the store never came back.
    public func outage(since injection: Double) -> Double? {
        let after = writes.filter { $0.answered >= injection }.sorted { $0.answered < $1.answered }
        guard let last = after.lastIndex(where: { $0.outcome != .acknowledged }) else {
            return after.isEmpty ? nil : 0
        }
        return after[last...].first { $0.outcome == .acknowledged }.map { $0.answered - injection }
    }
}

/// What a store still has of what it was sent, judged against the history.
///
/// Pure, in the manner of Jepsen's set checker: https://github.com/jepsen-io/jepsen, `checker/set-full`.
public struct LedgerJudgement: Sendable, Codable, Equatable {
    /// How many writes were acknowledged.
    public let acknowledged: Int
    /// Acknowledged writes that are not there, or not as they were written.
    public let lost: [Int]
    /// Values found that were never written, or whose content is another's.
    public let foreign: [Int]
    /// Writes without an answer that turned out to be there: allowed.
    public let recovered: [Int]
    /// Writes without an answer, whatever became of them.
    public let unknown: Int

    /// Judges a history against what was read back: the content found for each number.
    public init(_ history: WriteHistory, found: [Int: String], expected: (Int) -> String) {
        let outcomes = Dictionary(
            history.writes.map { ($0.number, $0.outcome) }, uniquingKeysWith: { first, _ in first })
        acknowledged = history.acknowledged.count
        lost = history.acknowledged.filter { found[$0] != expected($0) }
        foreign = found.keys.filter { outcomes[$0] == nil || found[$0] != expected($0) }.sorted()
        recovered = found.keys.filter { outcomes[$0] == .unknown }.sorted()
        unknown = history.writes.count { $0.outcome == .unknown }
    }
}
