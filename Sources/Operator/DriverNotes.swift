import Boundary

/// The small files by which the driver says more of a step than its exit status.
struct DriverNotes: Sendable {
    /// A command that failed with errexit on.
    struct Failure: Sendable, Equatable {
        var status: Int32
        /// The Markdown line; 0 where the failing command does not stand in the block.
        var line: Int
        /// How many subshells deep it was.
        var depth: Int
    }

    /// What failed, in the order of its happening: inner subshells before outer ones.
    var failures: [Failure] = []
    /// The processes that were left behind, "pid command line".
    var left: [String] = []
    /// How the shell ended, where it could still tell.
    struct Exit: Sendable, Equatable {
        var status: Int32
        /// The Markdown line of the `exit`; 0 where something else ended it.
        var line: Int
    }

    /// How the shell ended; nil while it lives, or where it was killed or replaced.
    var exit: Exit?
    /// Whether the block was not even run, since bash cannot parse it.
    var isSyntaxError = false

    /// Whether the block ended before its last line, and the shell went on.
    var isBroken = false

    private static let names = [".failed", ".left", ".exit", ".syntax", ".broken"]

    /// Reads the notes of the step that ended.
    init(in folder: String) {
        func lines(_ name: String) -> [String]? {
            (try? SharedPath("\(folder)/\(name)").text())?.split(separator: "\n").map(String.init)
        }
        failures = (lines(".failed") ?? []).compactMap { line in
            let fields = line.split(separator: " ").compactMap { Int32($0) }
            guard fields.count == 3 else { return nil }
            return Failure(status: fields[0], line: Int(fields[1]), depth: Int(fields[2]))
        }
        left = lines(".left") ?? []
        if let fields = lines(".exit")?.first?.split(separator: " ").map({ Int32($0) }), fields.count == 2,
            let status = fields[0], let line = fields[1]
        {
            exit = Exit(status: status, line: Int(line))
        }
        isSyntaxError = lines(".syntax") != nil
        isBroken = lines(".broken") != nil
    }

    /// Makes notes of nothing.
    init() {}

    /// The innermost failure that ended the shell.
    ///
    /// A subshell's failure counts only with the same status noted outside it right after: one that the
    /// block went on over (a background job's) ended nothing.
    var failure: Failure? {
        guard let last = failures.lastIndex(where: { $0.depth == 0 }) else { return nil }
        var inner = failures[last]
        for failure in failures[..<last].reversed() {
            guard failure.depth > inner.depth, failure.status == inner.status, failure.line > 0 else { break }
            inner = failure
        }
        return inner
    }

    /// Forgets the notes of the step before.
    static func clear(_ folder: String) {
        for name in names { try? SharedPath("\(folder)/\(name)").remove() }
    }
}
