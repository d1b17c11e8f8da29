/// A recovery runbook: a Markdown file read as sections and steps.
///
/// What is wrong in it is kept with the section it stands in (`Section.problems`), so that a mistake in one
/// section does not keep the others from being drilled.
public struct Runbook: Sendable {
    /// The file's name for messages, for example `CLUSTER_RECOVERY.md`.
    public let name: String
    /// The path it was read from; the name where it was made from a text.
    public let path: String
    /// A section for every heading, nested ones too, in the order of the file.
    public let sections: [Section]
    /// What stands wrongly before the first heading, where no section can hold it.
    public let problemsBeforeSections: [RunbookProblem]

    /// Reads a runbook from a file.
    ///
    /// Throws where there is no such file, or it is a directory, unreadable, empty or not UTF-8.
    public init(contentsOf path: String) throws(RunbookError) {
        let name = String(path.split(separator: "/").last ?? "")
        try self.init(text: FileText.read(path), name: name.isEmpty ? path : name, path: path)
    }

    /// Reads a runbook from a text; throws where the text is empty.
    public init(text: String, name: String) throws(RunbookError) {
        try self.init(text: text, name: name, path: name)
    }

    private init(text: String, name: String, path: String) throws(RunbookError) {
        guard !text.allSatisfy(\.isWhitespace) else {
            throw RunbookError(file: path, "is empty; a runbook has a heading for each disaster")
        }
        let reader = RunbookReader(text: text, name: name)
        self.name = name
        self.path = path
        sections = reader.sections()
        problemsBeforeSections = reader.problemsBeforeSections()
    }

    /// The one section with this title, white space aside.
    ///
    /// Throws where there is none, saying which there are, and where there are several, with their lines:
    /// nothing is drilled by guess.
    public func section(titled title: String) throws(RunbookError) -> Section {
        let found = sections(titled: title)
        if found.count == 1 { return found[0] }
        if found.isEmpty {
            let titles = sections.map { "\"\($0.title)\"" }.joined(separator: ", ")
            let known = titles.isEmpty ? "it has no heading at all" : "it has \(titles)"
            throw RunbookError(file: path, "no section is titled \"\(title)\"; \(known)")
        }
        let lines = found.map { "\($0.line)" }.joined(separator: " and ")
        throw RunbookError(
            file: name, line: found[1].line,
            "several sections are titled \"\(title)\", at lines \(lines); give each its own title")
    }

    /// Every section with this title, white space aside.
    public func sections(titled title: String) -> [Section] {
        let title = title.whitespaceNormalised
        return sections.filter { $0.title == title }
    }
}
