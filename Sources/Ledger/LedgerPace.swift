/// How fast a store took its writes.
public struct LedgerPace: Sendable, Equatable {
    /// Acknowledged writes.
    public let acknowledged: Int
    /// Acknowledged writes a second, from the first one's sending to the last one's acknowledgement.
    public let perSecond: Double
    /// Seconds from sending to acknowledgement: the median.
    public let median: Double
    /// The same: the worst.
    public let worst: Double

    /// Reads the pace off a history; nil where nothing was acknowledged.
    public init?(_ history: WriteHistory) {
        let writes = history.writes.filter { $0.outcome == .acknowledged }
        let waits = writes.map { $0.ended - $0.sent }
        guard let first = writes.map(\.sent).min(), let last = writes.map(\.ended).max(),
            let median = waits.median, let worst = waits.max()
        else { return nil }
        acknowledged = writes.count
        perSecond = last > first ? Double(writes.count) / (last - first) : 0
        self.median = median
        self.worst = worst
    }
}
