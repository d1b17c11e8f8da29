/// Why there is no verdict that counts for a case.
public struct Obstacle: Sendable, Hashable {
    /// What would take it away.
    enum Remedy: Sendable, Hashable {
        /// To drill the case again.
        case drill
        /// To drill it again where a key signs.
        case sign
        /// A lab that has the real thing, or a person's decision in the policy.
        case faithfulness
        /// To bring commits into this repository.
        case fetch
    }

    let words: String
    let remedy: Remedy

    static func drill(_ words: String) -> Obstacle { Obstacle(words: words, remedy: .drill) }
}
