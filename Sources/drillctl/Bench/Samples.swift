import Ledger

/// Measured seconds of one thing, tried again and again.
struct Samples: Sendable {
    private(set) var seconds: [Double] = []

    var count: Int { seconds.count }
    var best: Double { seconds.min() ?? 0 }
    var worst: Double { seconds.max() ?? 0 }

    /// The middle one, or the mean of the two in the middle.
    var median: Double { seconds.median ?? 0 }

    mutating func note(_ duration: Duration) { seconds.append(duration / .seconds(1)) }

    /// Cells of the bench's table: how often, median, best and worst.
    func cells(_ name: String) -> [String] {
        guard !seconds.isEmpty else { return [name, "0", "-", "-", "-"] }
        return [name, "\(count)"] + [median, best, worst].map { "\(hundredths($0)) s" }
    }
}
