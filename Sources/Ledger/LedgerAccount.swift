/// All that the ledger says of one store after a case.
public struct LedgerAccount: Sendable, Codable, Equatable {
    /// The store, such as `postgres`.
    public var store: String
    /// What is left of its writes.
    public var judgement: LedgerJudgement
    /// Seconds without service after the fault, as ``WriteHistory/outage(since:)`` has it.
    public var outage: Double?
    /// The longest wait in seconds for the next acknowledgement, as ``WriteHistory/longestGap(since:)`` has it.
    public var longestGap: Double?
    /// Seconds before the fault back to which writes are gone: the recovery point; 0 where all came after it, nil when none is.
    public var recoveryPoint: Double?

    /// What is wrong, in one line; nil when nothing is.
    public var complaint: String? {
        let lists = [
            ("lost", judgement.unconceded), ("duplicated", judgement.duplicated),
            ("corrupted", judgement.corrupted), ("invented", judgement.invented),
            ("acknowledged after the reading began, so not judged", judgement.unjudged),
        ]
        var parts = lists.filter { !$0.1.isEmpty }.map { "\($0.0): \(Self.ranges($0.1))" }
        if let unread = judgement.unread { parts.append("not read back: \(unread)") }
        return parts.isEmpty ? nil : "\(store): " + parts.joined(separator: "; ")
    }

    /// Numbers as a person writes them: `1-3, 7`.
    public static func ranges(_ numbers: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = runs.last, number <= last.upperBound + 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }
}
