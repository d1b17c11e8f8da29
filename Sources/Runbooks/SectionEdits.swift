/// Changed copies. The steps that stay keep their lines of the file; a note of the change ends the source, so
/// that the digest of a changed copy is never that of the runbook's section.
extension Section {
    /// A copy without one step.
    public func removing(step: Step) -> Section {
        changing(step, note: "without the step at line \(step.position)") { _ in nil }
    }

    /// A copy in which a step's block holds another script; a step without a block stays as it is.
    public func replacing(step: Step, script: String) -> Section {
        guard step.block != nil else { return self }
        let script = script.hasSuffix("\n") || script.isEmpty ? script : script + "\n"
        return changing(step, note: "at line \(step.position) instead:\n\(script)") {
            $0.replacing(script: script)
        }
    }

    /// A copy in which two steps have changed places.
    public func swapping(_ one: Step, _ other: Step) -> Section {
        guard let first = steps.firstIndex(of: one), let second = steps.firstIndex(of: other) else {
            return self
        }
        var swapped = steps
        swapped.swapAt(first, second)
        return copy(
            source: source + "<!-- changed: lines \(one.position) and \(other.position) swapped -->\n",
            steps: swapped, subsections: subsections, problems: problems)
    }

    /// A copy in which a step comes right before another; the same where either is not among its steps.
    public func moving(_ step: Step, before other: Step) -> Section {
        guard let from = steps.firstIndex(of: step), step != other, steps.contains(other) else { return self }
        var moved = steps
        moved.remove(at: from)
        moved.insert(step, at: moved.firstIndex(of: other) ?? from)
        return copy(
            source: source + "<!-- changed: line \(step.position) before line \(other.position) -->\n",
            steps: moved, subsections: subsections, problems: problems)
    }

    /// A copy that ends after the first step whose item holds `words`; nil where there is none.
    public func ending(after words: String) -> Section? {
        guard let last = steps.firstIndex(where: { $0.item.contains(words) }) else { return nil }
        return steps[(last + 1)...].reduce(self) { $0.removing(step: $1) }
    }

    /// A copy that is only its heading: nothing is done.
    public var emptied: Section {
        copy(source: source + "<!-- changed: emptied -->\n", steps: [], subsections: [], problems: [])
    }

    private func changing(_ step: Step, note: String, with change: (Step) -> Step?) -> Section {
        guard steps.contains(step) else { return self }
        return copy(
            source: source + "<!-- changed: \(note) -->\n",
            steps: steps.compactMap { $0 == step ? change($0) : $0 },
            subsections: subsections.map { $0.changing(step, note: note, with: change) },
            problems: problems)
    }

    private func copy(
        source: String, steps: [Step], subsections: [Section], problems: [RunbookProblem]
    ) -> Section {
        Section(
            file: file, title: title, level: level, line: line, lastLine: lastLine, source: source,
            steps: steps, subsections: subsections, problems: problems)
    }
}
