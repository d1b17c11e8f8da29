/// What a finished command left behind; a non-zero exit is a result, not an error.
public struct CommandResult: Sendable {
    /// The exit status, or 128 plus the signal's number when a signal ended it.
    public var exit: Int32
    /// Standard output, up to the output limit.
    public var stdout: [UInt8]
    /// Standard error, up to the output limit.
    public var stderr: [UInt8]
    /// Wall-clock seconds from start to end.
    public var seconds: Double
    /// Whether output beyond the limit was read and thrown away.
    public var truncated: Bool

    /// Standard output as text; bytes that are no UTF-8 are replaced.
    public var text: String { String(decoding: stdout, as: UTF8.self) }
    /// Standard error as text; bytes that are no UTF-8 are replaced.
    public var errorText: String { String(decoding: stderr, as: UTF8.self) }
    /// Whether the exit status was 0.
    public var succeeded: Bool { exit == 0 }

    /// The last non-empty line it printed, standard error first: what an error message should quote.
    public var lastWords: String { LastWords.of(errorText) ?? LastWords.of(text) ?? "nothing" }
}

/// What an error message should quote of what a program printed.
enum LastWords {
    /// The last line that is not blank, at most 400 characters of it; nil where there is none.
    static func of(_ text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map {
            String($0.prefix(400))
        }
    }
}
