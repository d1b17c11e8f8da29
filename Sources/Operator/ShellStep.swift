/// What the shell is given to source as one step.
struct ShellStep: Sendable {
    /// The runbook's file name, which bash's own messages then show.
    var file: String
    /// The Markdown line of the script's first line.
    var firstLine: Int
    /// The Markdown line of the script's last line.
    var lastLine: Int
    /// The block, its placeholders bound.
    var script: String
    /// Exit statuses that do not end the block and count as success; 0 always does.
    var expectedExits: Set<Int32> = []

    /// The first line of the script that begins with one of the words, for what bash tells no line of.
    func line(beginningWith words: Set<Substring>) -> Int? {
        script.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { line in line.split(separator: " ").first.map(words.contains) ?? false }
            .map { firstLine + $0 }
    }
}

/// What came of one step in the shell.
struct ShellStepResult: Sendable {
    /// How a step came to its end.
    enum End: Sendable, Equatable {
        /// The block was sourced to its end, with this status; the shell lives.
        case finished(Int32)
        /// The shell ended, by a failure under errexit, `exit`, `exec` or a signal.
        case shellEnded
        /// The deadline passed, and the shell was killed with all that it had started.
        case deadline(Duration)
        /// The task that followed the section was cancelled, and the shell was killed.
        case cancelled
    }

    var end: End
    var notes: DriverNotes
    var stdout: KeptOutput
    var stderr: KeptOutput
    /// What the terminal showed, for a step played by the human.
    var terminal: KeptOutput
    var seconds: Double
}
