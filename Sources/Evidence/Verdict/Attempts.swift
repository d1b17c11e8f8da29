extension BidirectionalCollection where Element == Verdict {
    /// Which of several attempts at one case, oldest first, is what the case came to: the last that passed or failed, or
    /// else the last; nil where there is none.
    public var answer: Index? { lastIndex { $0.result != .unproven } ?? indices.last }
}
