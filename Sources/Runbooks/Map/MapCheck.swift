/// Holds RECOVERY_MAP.md against the runbooks and the drills that there are.
public struct MapCheck: Sendable {
    /// The map.
    public let map: RecoveryMap
    /// The runbook of each profile; messages name it by its path.
    public let runbooks: [String: Runbook]
    /// The cases that each drill declares, by the drill's name.
    public let drills: [String: [String]]
    /// The day on which waivers are judged.
    public let today: Day

    /// Takes what is to be compared.
    public init(map: RecoveryMap, runbooks: [String: Runbook], drills: [String: [String]], today: Day) {
        self.map = map
        self.runbooks = runbooks
        self.drills = drills
        self.today = today
    }

    /// Everything that is wrong, the map's lines first, then each runbook's.
    public func problems() -> [RunbookProblem] {
        let ofRows = map.rows.flatMap { sectionProblems(of: $0) + drillProblems(of: $0) }
        let ofWaivers = map.waivers.flatMap(problems(of:))
        let ofMap = (ofRows + ofWaivers).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        let ofRunbooks = runbooks.sorted { $0.key < $1.key }.flatMap { uncovered(in: $0.value, of: $0.key) }
        return ofMap + unmappedDrills() + ofRunbooks
    }

    /// How each row's drill stands to the present text of its section; rows without a section are left out.
    public func standings() -> [DrillStanding] {
        map.rows.compactMap { row in
            guard let runbook = runbooks[row.profile],
                let section = try? runbook.section(titled: row.section)
            else { return nil }
            return DrillStanding(row: row, section: section, path: runbook.path)
        }
    }

    private func problem(_ line: Int, _ message: String) -> RunbookProblem {
        RunbookProblem(file: map.name, line: line, message: message)
    }

    /// What is wrong with the section that a line of the map names; nil where it is one section.
    private func trouble(profile: String, section: String) -> String? {
        guard let runbook = runbooks[profile] else {
            let known = runbooks.keys.sorted().joined(separator: ", ")
            return "there is no profile \(profile); known are \(known)"
        }
        let found = runbook.sections(titled: section)
        if found.isEmpty {
            return "\(runbook.path) has no section \"\(section)\"; mend the title here or there"
        }
        guard found.count > 1 else { return nil }
        let lines = found.map { "\($0.line)" }.joined(separator: " and ")
        return
            "\(runbook.path) has several sections \"\(section)\", at lines \(lines); give each its own title"
    }

    private func sectionProblems(of row: RecoveryMap.Row) -> [RunbookProblem] {
        trouble(profile: row.profile, section: row.section).map { [problem(row.line, $0)] } ?? []
    }

    private func drillProblems(of row: RecoveryMap.Row) -> [RunbookProblem] {
        var problems: [RunbookProblem] = []
        let twin = map.rows.first { $0.profile == row.profile && $0.drill == row.drill }
        if let twin, twin.line != row.line {
            problems.append(
                problem(
                    row.line,
                    "drill \(row.drill) plays \"\(twin.section)\" at line \(twin.line) already; a drill plays one "
                        + "section of a profile"))
        }
        guard let declared = drills[row.drill] else {
            let known = drills.keys.sorted().joined(separator: ", ")
            return problems + [problem(row.line, "no drill is called \(row.drill); known are \(known)")]
        }
        for name in declared where !row.cases.contains(name) {
            problems.append(problem(row.line, "\(row.drill) also has the case \"\(name)\"; add it"))
        }
        for name in row.cases where !declared.contains(name) {
            problems.append(problem(row.line, "\(row.drill) has no case \"\(name)\"; mend or remove it"))
        }
        return problems
    }

    private func problems(of waiver: RecoveryMap.Waiver) -> [RunbookProblem] {
        var messages: [String] = []
        if let trouble = trouble(profile: waiver.profile, section: waiver.section) {
            messages.append(trouble)
        }
        if waiver.until < today {
            messages.append(
                "the waiver of \"\(waiver.section)\" ended on \(waiver.until); drill the section or waive it anew"
            )
        }
        let row = map.rows.first { $0.profile == waiver.profile && $0.section == waiver.section }
        if let row {
            messages.append(
                "\"\(waiver.section)\" is drilled by \(row.drill), at line \(row.line); remove the waiver")
        }
        return messages.map { problem(waiver.line, $0) }
    }

    private func unmappedDrills() -> [RunbookProblem] {
        let mapped = Set(map.rows.map(\.drill))
        return drills.keys.sorted().filter { !mapped.contains($0) }.map { name in
            RunbookProblem(
                file: map.name, line: nil,
                message: "drill \(name) plays no section of any profile; give it a row")
        }
    }

    /// Sections that neither a row nor a waiver names, by themselves or by a heading above them.
    ///
    /// A heading with others under it that has nothing to do of its own is only a title.
    private func uncovered(in runbook: Runbook, of profile: String) -> [RunbookProblem] {
        let named = Set(
            map.rows(profile: profile).map(\.section)
                + map.waivers.filter { $0.profile == profile }.map(\.section))
        var coveredUpTo = 0
        return runbook.sections.compactMap { section in
            guard section.line > coveredUpTo else { return nil }
            let isTitle =
                !section.subsections.isEmpty && section.ownSteps.isEmpty && section.ownProblems.isEmpty
            let isNamed = named.contains(section.title)
            guard isNamed || !isTitle else { return nil }
            // What stands below it is part of it, and told once.
            coveredUpTo = section.lastLine
            guard !isNamed else { return nil }
            return RunbookProblem(
                file: runbook.path, line: section.line,
                message: "no drill plays \"\(section.title)\" and no waiver excuses it; give it a row in "
                    + "\(map.name)")
        }
    }
}
