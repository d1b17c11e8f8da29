/// What a change touches: a diff of git's, read.
public struct Change: Sendable, Equatable {
    /// The files, in the diff's order; one whose type changes stands there twice.
    public let files: [ChangedFile]

    /// Reads what `git diff` prints.
    ///
    /// - Throws: ``GateError`` for anything that is no such text, with the line: what is not understood is not judged.
    public init(diff: String) throws(GateError) {
        var reader = DiffReader(diff)
        files = try reader.files()
    }
}

/// Why the gate cannot tell: what, where, and what to do next.
public struct GateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The whole message for a person.
    public let description: String

    /// Takes the message.
    public init(_ description: String) { self.description = description }
}
