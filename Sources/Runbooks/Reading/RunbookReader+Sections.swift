extension RunbookReader {
    /// A section for every heading, in the order of the file.
    func sections() -> [Section] {
        let steps = steps()
        var sections: [Section] = []
        // From the last to the first, so that a heading's nested sections are there before it.
        var later: [Section] = []
        for (index, heading) in headings.enumerated().reversed() {
            let next = headings[(index + 1)...].first { $0.level <= heading.level }
            let lines = heading.line...lastLine(from: heading.line, before: next?.line)
            var nested: [Section] = []
            while let next = later.last, next.level > heading.level { nested.append(later.removeLast()) }
            let section = Section(
                file: name, title: heading.title, level: heading.level, line: heading.line,
                lastLine: lines.upperBound, source: source.text(lines),
                steps: steps.filter { lines.contains($0.position) }, subsections: nested,
                problems: problems.filter { lines.contains($0.line ?? 0) })
            later.append(section)
            sections.append(section)
        }
        return sections.reversed()
    }

    /// What stands wrongly before the first heading, and what would run if a section held it.
    func problemsBeforeSections() -> [RunbookProblem] {
        let first = headings.first?.line ?? .max
        let stray = steps().filter { $0.position < first }.map { step in
            RunbookProblem(
                file: name, line: step.position,
                message: "this step stands before the first heading, so no section runs it; "
                    + "put it under a heading")
        }
        return (problems.filter { ($0.line ?? 0) < first } + stray).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private func lastLine(from first: Int, before next: Int?) -> Int {
        var last = next.map { $0 - 1 } ?? source.lines.count
        while last > first, source.isBlank(last) { last -= 1 }
        return last
    }

    private func steps() -> [Step] {
        items.flatMap { item in
            let exits = ExpectedExits.announced(in: item.prose.joined(separator: "\n"))
            let blocks: [Block?] = item.blocks.isEmpty && item.role == .human ? [nil] : item.blocks
            return blocks.map {
                Step(
                    role: item.role ?? .agent, item: item.text, line: item.line, block: $0,
                    expectedExits: exits)
            }
        }.sorted { $0.position < $1.position }
    }
}
