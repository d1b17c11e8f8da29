/// A journal that cannot be judged.
public struct LedgerError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1; nil when it is about the journal as a whole.
    public let line: Int?
    /// What is wrong with it.
    public let problem: String

    /// Makes an error; see the properties.
    public init(line: Int? = nil, problem: String) {
        self.line = line
        self.problem = problem
    }

    /// The error in one line.
    public var description: String {
        "the ledger's journal cannot be judged: " + (line.map { "line \($0): " } ?? "") + problem
    }
}
