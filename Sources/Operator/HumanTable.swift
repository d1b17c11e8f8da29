import Runbooks

/// What the simulated human does: one entry for each [HUMAN] item he plays, and nothing else.
///
/// He may type named secrets at named prompts and run a declared errand; the commands are the runbook's.
public struct HumanTable: Sendable, Equatable {
    /// A prompt he answers.
    public struct Prompt: Sendable, Equatable {
        /// The prompt as the program prints it, white space around it left out.
        public var text: String
        /// The names of the secrets typed at it, one a time; after the last he begins again.
        public var secretNames: [String]
        /// The line of the table.
        public var line: Int
    }

    /// One [HUMAN] item.
    public struct Entry: Sendable, Equatable {
        /// The item's first paragraph with its mark, to the letter as `Runbooks.Step.item` holds it.
        ///
        /// That is the text that a reader sees, without Markdown's own marks.
        public var item: String
        /// How many minutes a person takes for it; they count towards recovery.
        public var minutes: Double
        /// What he does with his hands before he types anything; nil for nothing.
        public var errand: HumanErrand?
        /// The prompts he answers there; none for an item that is done without the shell.
        public var prompts: [Prompt]
        /// The line of the table.
        public var line: Int
    }

    /// The table's name in messages.
    public var name: String
    /// The entries in the order of the file.
    public var entries: [Entry]

    /// A table by which nobody plays anything.
    public static let empty = HumanTable(name: "no table", entries: [])

    /// The entry for an item, which must be named exactly, white space aside.
    public func entry(for item: String) -> Entry? {
        let item = item.whitespaceNormalised
        return entries.first { $0.item == item }
    }
}
