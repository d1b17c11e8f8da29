/// Tells an author which sections of a runbook can be drilled, without any machine.
public enum RunbookCheck {
    /// A finding for every section that has steps or stands in the map, in the order of the lines.
    ///
    /// A heading under a section of the map is part of that section and has a finding of its own only if the
    /// map names it too. A heading under none is looked at without its nested headings.
    ///
    /// - `map`: the rows of one profile; nil to leave out whether a section has a drill.
    /// - `bindings`: the names of the placeholders that the sandbox can bind.
    /// - `playedItems`: the [HUMAN] items that the simulated operator plays, as `Step.item` has them; they
    ///   must agree to the letter, white space aside, as they must when the section is followed.
    /// - `addressCheck`: the reason why a line names an address of prod, or nil.
    public static func findings(
        runbook: Runbook, map: [RecoveryMap.Row]?, bindings: Set<String>, playedItems: Set<String>,
        addressCheck: (String) -> String?
    ) -> [SectionFinding] {
        let played = Set(playedItems.map(\.whitespaceNormalised))
        var findings: [SectionFinding] = []
        if let preamble = preamble(runbook) { findings.append(preamble) }
        var mappedUpTo = 0
        for section in runbook.sections {
            let drills = map?.filter { $0.section == section.title }.map(\.drill) ?? []
            let isMapped = !drills.isEmpty
            let isPart = section.line <= mappedUpTo
            if isMapped { mappedUpTo = max(mappedUpTo, section.lastLine) }
            let steps = isMapped ? section.steps : section.ownSteps
            var reasons = isMapped ? section.problems : section.ownProblems
            guard isMapped || (!isPart && !(steps.isEmpty && reasons.isEmpty)) else { continue }

            reasons += steps.flatMap { self.reasons($0, section, bindings, played, addressCheck) }
            reasons += reasonsOfSection(section, runbook, isMapped: isMapped, hasMap: map != nil)
            findings.append(
                SectionFinding(
                    file: runbook.name, title: section.title, line: section.line, drills: drills,
                    stepCount: steps.count, reasons: sorted(reasons)))
        }
        return findings + (map ?? []).compactMap { missing($0, runbook) }
    }

    private static func sorted(_ reasons: [RunbookProblem]) -> [RunbookProblem] {
        Set(reasons).sorted { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
    }

    private static func reasons(
        _ step: Step, _ section: Section, _ bindings: Set<String>, _ played: Set<String>,
        _ addressCheck: (String) -> String?
    ) -> [RunbookProblem] {
        func reason(_ line: Int, _ message: String) -> RunbookProblem {
            RunbookProblem(file: section.file, line: line, message: message)
        }
        var reasons: [RunbookProblem] = []
        if step.role == .human, !played.contains(step.item) {
            reasons.append(reason(step.line, "nobody plays \"\(step.item)\"; add it to the operator's table"))
        }
        for placeholder in step.block?.placeholders ?? [] where !bindings.contains(placeholder.name) {
            reasons.append(
                reason(placeholder.line, "placeholder <\(placeholder.name)> \(Placeholder.unbound)"))
        }
        // What is done is looked at: the script, or where there is none, what the human is told to do.
        let lines = step.block?.numberedLines ?? [(step.line, step.item[...])]
        for (line, text) in lines {
            if let address = addressCheck(String(text)) { reasons.append(reason(line, address)) }
        }
        return reasons
    }

    private static func reasonsOfSection(
        _ section: Section, _ runbook: Runbook, isMapped: Bool, hasMap: Bool
    ) -> [RunbookProblem] {
        func reason(_ message: String) -> [RunbookProblem] {
            [RunbookProblem(file: section.file, line: section.line, message: message)]
        }
        guard isMapped else {
            return hasMap ? reason("no drill plays this section; give it a row in RECOVERY_MAP.md") : []
        }
        if section.steps.isEmpty {
            return reason("there is no step to follow; give it a shell block or an item")
        }
        let twins = runbook.sections(titled: section.title).filter { $0.line != section.line }
        guard let twin = twins.first else { return [] }
        return reason("line \(twin.line) has the same title, so no drill can tell them apart; rename one")
    }

    private static func preamble(_ runbook: Runbook) -> SectionFinding? {
        var reasons = runbook.problemsBeforeSections
        if runbook.sections.isEmpty {
            reasons.append(
                RunbookProblem(
                    file: runbook.name, line: 1, message: "there is no heading; each disaster needs its own"))
        }
        guard !reasons.isEmpty else { return nil }
        return SectionFinding(
            file: runbook.name, title: "(before the first heading)", line: 1, drills: [], stepCount: 0,
            reasons: sorted(reasons))
    }

    private static func missing(_ row: RecoveryMap.Row, _ runbook: Runbook) -> SectionFinding? {
        guard runbook.sections(titled: row.section).isEmpty else { return nil }
        let message = "\(runbook.path) has no section \"\(row.section)\"; mend the title here or there"
        return SectionFinding(
            file: row.file, title: row.section, line: row.line, drills: [row.drill], stepCount: 0,
            reasons: [RunbookProblem(file: row.file, line: row.line, message: message)])
    }
}
