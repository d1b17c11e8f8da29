/// A shell block of a runbook.
public struct Block: Sendable, Hashable {
    /// The file's name for messages.
    public let file: String
    /// The language as the fence names it: `sh`, `bash` or `shell`.
    public let language: String
    /// The script: the block's lines without their Markdown indentation, each ended by LF.
    public let script: String
    /// The Markdown line of the script's first line.
    public let firstLine: Int
    /// The Markdown line of the script's last line.
    public let lastLine: Int

    /// The languages whose blocks run.
    static let languages: Set<String> = ["sh", "bash", "shell"]

    /// The placeholders in the script, in their order, each as often as it stands there.
    ///
    /// The grammar is that of `PlaceholderScan`.
    public var placeholders: [Placeholder] {
        PlaceholderScan(script).found.filter(\.isWellFormed).map {
            Placeholder(name: $0.name, line: firstLine + $0.lineOffset)
        }
    }

    /// The script's lines with their Markdown line numbers.
    public var numberedLines: [(line: Int, text: Substring)] {
        script.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            (firstLine + $0.offset, $0.element)
        }
    }

    /// The script with every placeholder replaced by its value.
    ///
    /// Throws for each that is not bound, naming its line. A value may hold only `A-Z a-z 0-9 . _ : / @ -`
    /// and not begin with `-`, so that it is one plain word to the shell wherever it stands; a value that is
    /// not is never shown, since it may be a secret.
    public func bound(with values: [String: String]) throws(RunbookError) -> String {
        var problems: [RunbookProblem] = []
        func problem(_ match: PlaceholderScan.Match, _ message: String) {
            problems.append(
                RunbookProblem(
                    file: file, line: firstLine + match.lineOffset,
                    message: "placeholder <\(match.name)> \(message)"))
        }
        let bytes = Array(script.utf8)
        var bound: [UInt8] = []
        var copied = 0
        for match in PlaceholderScan(script).found where match.isWellFormed {
            guard let value = values[match.name] else {
                problem(match, Placeholder.unbound)
                continue
            }
            guard Placeholder.isSafe(value) else {
                problem(match, "is bound to a value that is not one plain word of A-Z a-z 0-9 . _ : / @ -")
                continue
            }
            bound += bytes[copied..<match.range.lowerBound] + Array(value.utf8)
            copied = match.range.upperBound
        }
        guard problems.isEmpty else { throw RunbookError(problems) }
        return String(decoding: bound + bytes[copied...], as: UTF8.self)
    }

    func replacing(script: String) -> Block {
        Block(file: file, language: language, script: script, firstLine: firstLine, lastLine: lastLine)
    }
}
