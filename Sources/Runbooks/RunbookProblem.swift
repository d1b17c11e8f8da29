/// One thing that is wrong in a runbook or a map, and where.
public struct RunbookProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file's name as messages show it, or its path where it could not be read.
    public let file: String
    /// The line, counted from 1; nil where the file as a whole is meant.
    public let line: Int?
    /// What is wrong and what to do about it; holds no bound value.
    public let message: String

    /// Makes a problem at a line of a file.
    public init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// `FILE:LINE`, or `FILE` where no line is meant.
    public var location: String { line.map { "\(file):\($0)" } ?? file }

    /// `FILE:LINE: message`.
    public var description: String { "\(location): \(message)" }
}

/// The only error that this room throws: the problems found, never an empty list.
public struct RunbookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, in the order of the lines.
    public let problems: [RunbookProblem]

    /// Makes an error of several problems.
    public init(_ problems: [RunbookProblem]) {
        self.problems = problems
    }

    init(file: String, line: Int? = nil, _ message: String) {
        self.init([RunbookProblem(file: file, line: line, message: message)])
    }

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
