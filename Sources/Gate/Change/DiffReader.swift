/// Reads the text of `git diff`; the lines of a hunk are counted, so that no file can pose as the head of another.
struct DiffReader {
    private let lines: [Substring]
    private var next = 0

    init(_ text: String) {
        // Not by Character: "\r\n" is one, and a file may hold lone carriage returns.
        var lines: [Substring] = []
        var start = text.utf8.startIndex
        while let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(text[start..<end])
            start = text.utf8.index(after: end)
        }
        if start < text.utf8.endIndex { lines.append(text[start...]) }
        self.lines = lines
    }

    private var line: Substring? { next < lines.count ? lines[next] : nil }

    private func notUnderstood(_ what: String) -> GateError {
        GateError("the diff is not understood at line \(next + 1): \(what); it must be what git diff prints")
    }

    mutating func files() throws(GateError) -> [ChangedFile] {
        var files: [ChangedFile] = []
        while line != nil { files.append(try file()) }
        return files
    }

    private mutating func file() throws(GateError) -> ChangedFile {
        guard let head = take("diff --git ") else { throw notUnderstood("a file's head was to come") }
        var file = ChangedFile(path: "")
        var (before, after): (String?, String?) = (nil, nil)
        var isCopy = false
        heads: while let line, !line.hasPrefix("diff --git "), !line.hasPrefix("@@") {
            if let mode = take("old mode ") {
                file.oldMode = String(mode)
            } else if let mode = take("new mode ") {
                file.newMode = String(mode)
            } else if let mode = take("deleted file mode ") {
                (file.oldMode, file.isDeleted) = (String(mode), true)
            } else if let mode = take("new file mode ") {
                (file.newMode, file.isNew) = (String(mode), true)
            } else if let name = take("rename from ") {
                file.renamedFrom = try QuotedPath.whole(name)
                before = file.renamedFrom
            } else if let name = take("copy from ") {
                before = try QuotedPath.whole(name)
                isCopy = true
            } else if let name = take("rename to ") ?? take("copy to ") {
                after = try QuotedPath.whole(name)
                file.isUnseen = true
            } else if let index = take("index ") {
                let words = index.split(separator: " ")
                if words.count == 2 { (file.oldMode, file.newMode) = (String(words[1]), String(words[1])) }
            } else if let name = take("--- ") {
                before = try side(name, "a/", before)
            } else if let name = take("+++ ") {
                after = try side(name, "b/", after)
            } else if line.hasPrefix("Binary files ") {
                file.isUnseen = true
                next += 1
            } else if line == "GIT binary patch" {
                file.isUnseen = true
                while let body = self.line, !body.hasPrefix("diff --git ") { next += 1 }
                break heads
            } else if take("similarity index ") == nil, take("dissimilarity index ") == nil {
                throw notUnderstood("\"\(line.prefix(60))\"")
            }
        }
        try name(&file, head: head, before: before, after: after, isCopy: isCopy)
        while let range = take("@@ -") { try hunk(range, into: &file) }
        return file
    }

    /// The rest of a line with this beginning, which is then done with; nil for any other.
    private mutating func take(_ prefix: String) -> Substring? {
        guard let line, line.hasPrefix(prefix) else { return nil }
        next += 1
        return line.dropFirst(prefix.count)
    }

    /// A name after `---` or `+++`; nil for `/dev/null`.
    private func side(_ text: Substring, _ prefix: String, _ told: String?) throws(GateError) -> String? {
        // Git ends a name that has spaces with a tab.
        let text = text.last == "\t" ? text.dropLast() : text
        if text == "/dev/null" { return told }
        let name = try QuotedPath.whole(text)
        guard name.hasPrefix(prefix), told == nil || told == String(name.dropFirst(2)) else {
            throw notUnderstood("two names for one file")
        }
        return String(name.dropFirst(2))
    }

    /// Gives the file its name: all places that tell it must agree.
    private func name(
        _ file: inout ChangedFile, head: Substring, before: String?, after: String?, isCopy: Bool
    ) throws(GateError) {
        if file.renamedFrom != nil || isCopy {
            guard let after else { throw notUnderstood("a file that moved, without its new name") }
            file.path = after
            file.isNew = isCopy
            return
        }
        let name = try QuotedPath.twice(head)
        guard [before, after].allSatisfy({ $0 == nil || $0 == name }) else {
            throw notUnderstood("two names for one file")
        }
        file.path = name
    }

    private mutating func hunk(_ range: Substring, into file: inout ChangedFile) throws(GateError) {
        let words = range.split(separator: " ")
        guard words.count >= 3, words[2] == "@@", words[1].hasPrefix("+"), var old = Side(words[0]),
            var new = Side(words[1].dropFirst())
        else { throw notUnderstood("a hunk without its lengths") }
        while old.left > 0 || new.left > 0 {
            guard let line else { throw notUnderstood("it ends in the middle of a hunk") }
            // By bytes: a mark and a combining character behind it are one Character.
            let text = String(Substring(line.utf8.dropFirst()))
            switch line.utf8.first.map(Unicode.Scalar.init) {
            case "-" where old.left > 0:
                file.removed.append(text)
                file.removedAt.append(old.pass())
            case "+" where new.left > 0:
                file.added.append(text)
                file.addedAt.append(new.pass())
            case " " where old.left > 0 && new.left > 0, nil where old.left > 0 && new.left > 0:
                _ = (old.pass(), new.pass())
            case "\\": break
            default: throw notUnderstood("a line that is no part of its hunk")
            }
            next += 1
        }
        while line?.hasPrefix("\\") == true { next += 1 }
    }

    /// One side of a hunk: the line that is next there, and how many are left.
    private struct Side {
        private(set) var next: Int
        private(set) var left: Int

        /// Reads `12,3`; the length is 1 where it is left out.
        init?(_ text: Substring) {
            let parts = text.split(separator: ",")
            guard 1...2 ~= parts.count, let first = UInt32(parts[0]),
                let count = parts.count == 1 ? 1 : UInt32(parts[1])
            else { return nil }
            (next, left) = (Int(first), Int(count))
        }

        /// Goes past a line, and tells which.
        mutating func pass() -> Int {
            (next, left) = (next + 1, left - 1)
            return next - 1
        }
    }
}
