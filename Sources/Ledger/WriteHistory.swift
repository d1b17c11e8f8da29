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
        /// When its outcome was known, in seconds since the start of the case; nil when the client ended first.
        public var answered: Double?
        /// The outcome.
        public var outcome: Outcome

        /// Makes an entry; see the properties.
        public init(number: Int, sent: Double, answered: Double? = nil, outcome: Outcome = .unknown) {
            self.number = number
            self.sent = sent
            self.answered = answered
            self.outcome = outcome
        }

        /// When it ended for the client: answered, or sent and never heard of again.
        public var ended: Double { answered ?? sent }
    }

    /// The writes by number.
    public var writes: [Write] = []

    /// Makes a history.
    public init(writes: [Write] = []) { self.writes = writes }

    /// The numbers of the acknowledged writes.
    public var acknowledged: [Int] { writes.filter { $0.outcome == .acknowledged }.map(\.number) }

    /// Seconds from `injection` to the first acknowledged write after the last one that was not.
    ///
    /// Zero when every write after the injection was acknowledged; nil when the store never came back, or when
    /// nothing was written after the injection. A write that the client's own end left without an answer counts
    /// as unknown.
    public func outage(since injection: Double) -> Double? {
        let after = writes.filter { $0.ended >= injection }.sorted { $0.ended < $1.ended }
        guard let last = after.lastIndex(where: { $0.outcome != .acknowledged }) else {
            return after.isEmpty ? nil : 0
        }
        return after[last...].first { $0.outcome == .acknowledged }.map { $0.ended - injection }
    }

    /// The longest time in seconds from one acknowledgement to the next, of those that reach past `injection`.
    ///
    /// It sees what the outage does not: a store that answered late, but answered. Nil without an
    /// acknowledgement after the injection; one before it is where the first gap begins, else the injection.
    public func longestGap(since injection: Double) -> Double? {
        let moments = writes.filter { $0.outcome == .acknowledged }.map(\.ended).sorted()
        let after = moments.filter { $0 >= injection }
        guard !after.isEmpty else { return nil }
        let all = [moments.last { $0 < injection } ?? injection] + after
        return zip(all, after).map { $1 - $0 }.max()
    }
}
