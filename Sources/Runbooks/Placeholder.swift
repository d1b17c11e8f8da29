/// A `<name>` in a block, to be replaced by a value of the sandbox.
public struct Placeholder: Sendable, Hashable {
    /// The name between the angle brackets.
    public let name: String
    /// The Markdown line it stands on.
    public let line: Int

    static let unbound =
        "is not bound to a value of the sandbox; if a redirection is meant, put a space before >"

    /// Whether a value is one plain word to a shell, quoted or not.
    static func isSafe(_ value: String) -> Bool {
        !value.isEmpty && !value.hasPrefix("-")
            && value.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._:/@-".utf8.contains(byte)
                }
            }
    }
}

/// Finds placeholders in a script and tells them from redirections.
///
/// A placeholder is `<`, a lower-case letter, then lower-case letters, digits and hyphens, then `>`. It is
/// none
/// - after `<` (`<<eof>out`, a here-document) or after a backslash (`\<word>`, an escaped bracket);
/// - before `>`, `&` or `|` (`<in>>out`, `<in>&2`, `<in>|out`: one operator to the shell);
/// - where it starts a word or follows a letter, digit or `_`, and a letter, digit, `_`, `~` or `$` follows:
///   `cat <input>output` reads one file and writes another. Inside a word it is a placeholder all the same:
///   `--addr=<node>x`, `https://<node>8200`.
///
/// Everything else that looks like one is one, `cat <input> output` too: an unbound placeholder stops the
/// section before it runs and says so, a redirection taken for one costs its author a space, and a
/// placeholder taken for a redirection would run.
struct PlaceholderScan {
    /// A placeholder, or what was surely meant to be one (`<NODE>`, `<my_node>`).
    struct Match {
        let name: String
        /// Lines below the script's first.
        let lineOffset: Int
        /// Offsets into the script's UTF-8, brackets included.
        let range: Range<Int>
        /// Whether the name keeps to the grammar.
        let isWellFormed: Bool
    }

    private(set) var found: [Match] = []

    init(_ script: String) {
        let bytes = Array(script.utf8)
        var lineOffset = 0
        for start in bytes.indices {
            if bytes[start] == UInt8(ascii: "\n") { lineOffset += 1 }
            guard bytes[start] == UInt8(ascii: "<") else { continue }
            let name = bytes[(start + 1)...].prefix { Self.isWord($0) || $0 == UInt8(ascii: "-") }
            guard let first = name.first, Self.isLetter(first) else { continue }
            guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ">") else { continue }
            let range = start..<(name.endIndex + 1)
            let before = start > 0 ? bytes[start - 1] : nil
            let after = range.upperBound < bytes.endIndex ? bytes[range.upperBound] : nil
            guard !Self.isRedirection(before: before, after: after) else { continue }
            found.append(
                Match(
                    name: String(decoding: name, as: UTF8.self), lineOffset: lineOffset, range: range,
                    isWellFormed: name.allSatisfy { !Self.isUpperCase($0) && $0 != UInt8(ascii: "_") }))
        }
    }

    private static func isRedirection(before: UInt8?, after: UInt8?) -> Bool {
        if let before, before == UInt8(ascii: "<") || before == UInt8(ascii: "\\") { return true }
        guard let after else { return false }
        if ">&|".utf8.contains(after) { return true }
        let beginsWord = before.map { isWord($0) || " \t\n;|&()`".utf8.contains($0) } ?? true
        return beginsWord && (isWord(after) || "~$".utf8.contains(after))
    }

    private static func isUpperCase(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        isUpperCase(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
