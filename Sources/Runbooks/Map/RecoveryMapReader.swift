/// Reads the map's tables and keeps every complaint, so that an author mends them in one go.
struct RecoveryMapReader {
    private enum Column: String, CaseIterable {
        case profile, section, drill, cases, date, recovery
        case changeClasses = "change classes"
        case recoveryBudget = "recovery budget"
        case lossBudget = "loss budget"
        case sectionSHA256 = "section sha256"
        case lastVerdict = "last verdict"
    }

    private enum WaiverColumn: String, CaseIterable {
        case profile, section, reason
        case until = "waived until"
    }

    private let name: String
    private let document: MarkdownDocument
    private var problems: [RunbookProblem] = []

    init(text: String, name: String) {
        self.name = name
        document = MarkdownDocument(parsing: text)
    }

    mutating func read() throws(RunbookError) -> (rows: [RecoveryMap.Row], waivers: [RecoveryMap.Waiver]) {
        var rows: [RecoveryMap.Row] = []
        var waivers: [RecoveryMap.Waiver] = []
        var tables = 0
        for index in document.nodes.indices where document.nodes[index].kind == .table {
            if let table = MapTable<Column>(index, of: document, with: .drill) {
                tables += 1
                for complaint in table.complaints { report(complaint.line, complaint.message) }
                if table.isWhole { rows += table.rows.compactMap { row($0, table) } }
            } else if let table = MapTable<WaiverColumn>(index, of: document, with: .until) {
                for complaint in table.complaints { report(complaint.line, complaint.message) }
                if table.isWhole { waivers += table.rows.compactMap { waiver($0, table) } }
            }
        }
        if tables == 0 {
            let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")
            throw RunbookError(file: name, "has no table with a column \"drill\"; its columns are \(columns)")
        }
        reportDuplicates(rows)
        reportDuplicates(waivers)
        guard problems.isEmpty else {
            throw RunbookError(problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return (rows, waivers)
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(RunbookProblem(file: name, line: line, message: message))
    }

    private mutating func row(_ index: Int, _ table: MapTable<Column>) -> RecoveryMap.Row? {
        let line = table.line(of: index)
        let cells = table.cells(of: index)
        let before = problems.count
        func required(_ column: Column) -> String {
            if cells[column] == nil { report(line, "\(column.rawValue) is empty; fill it in") }
            return cells[column] ?? ""
        }
        let cases = list(required(.cases), ";", "case", line)
        let classes = list(required(.changeClasses), ",", "change class", line)
            .compactMap { changeClass($0, line) }
        let recovery = RecoveryBudget(required(.recoveryBudget))
        if recovery == nil, let text = cells[.recoveryBudget] {
            report(
                line, "recovery budget \"\(text)\" is not understood; write for example 90 s, 10 min or 2 h")
        }
        let loss = LossBudget(required(.lossBudget))
        if loss == nil, let text = cells[.lossBudget] {
            report(line, "loss budget \"\(text)\" is not understood; write for example 0 writes or 5 s")
        }
        let digest = cells[.sectionSHA256]
        if let digest, digest.utf8.count != 64 || !digest.utf8.allSatisfy("0123456789abcdef".utf8.contains) {
            report(line, "section sha256 is not 64 lower-case hex digits; leave it empty until drilled")
        }
        let profile = required(.profile)
        let section = required(.section)
        let drill = required(.drill)
        guard problems.count == before, let recovery, let loss else { return nil }
        let written: [Column] = [.sectionSHA256, .lastVerdict, .date, .recovery]
        return RecoveryMap.Row(
            file: name, line: line, profile: profile, section: section, drill: drill, cases: cases,
            changeClasses: classes, recoveryBudget: recovery, lossBudget: loss, sectionSHA256: digest,
            lastVerdict: cells[.lastVerdict], date: cells[.date], recovery: cells[.recovery],
            writtenPlaces: written.compactMap { table.places[$0] })
    }

    private mutating func waiver(_ index: Int, _ table: MapTable<WaiverColumn>) -> RecoveryMap.Waiver? {
        let line = table.line(of: index)
        let cells = table.cells(of: index)
        for column in WaiverColumn.allCases where cells[column] == nil {
            report(line, "\(column.rawValue) is empty; fill it in")
        }
        let until = cells[.until].flatMap { Day($0) }
        if until == nil, let text = cells[.until] {
            report(line, "waived until \"\(text)\" is no day; write for example 2027-01-31")
        }
        guard let profile = cells[.profile], let section = cells[.section], let reason = cells[.reason],
            let until
        else { return nil }
        return RecoveryMap.Waiver(
            file: name, line: line, profile: profile, section: section, reason: reason, until: until)
    }

    /// The parts of a cell; one that stands there twice is told and kept once.
    private mutating func list(
        _ text: String, _ separator: Character, _ what: String, _ line: Int
    ) -> [String] {
        var parts: [String] = []
        let written = text.split(separator: separator).map(\.whitespaceNormalised).filter { !$0.isEmpty }
        if written.isEmpty, !text.isEmpty {
            report(line, "\"\(text)\" holds separators and no \(what); write at least one")
        }
        for part in written {
            if parts.contains(part) {
                report(line, "\(what) \"\(part)\" stands here more than once; keep one")
            } else {
                parts.append(part)
            }
        }
        return parts
    }

    private mutating func changeClass(_ text: String, _ line: Int) -> ChangeClass? {
        if let known = ChangeClass(rawValue: text) { return known }
        let known = ChangeClass.allCases.map(\.rawValue).joined(separator: ", ")
        report(line, "change class \"\(text)\" is unknown; known are \(known)")
        return nil
    }

    /// Reports each of some entries that says again what an earlier one says.
    private mutating func reportDuplicates<Entry>(
        of entries: [Entry], line: KeyPath<Entry, Int>, key: (Entry) -> [String],
        words: (Entry, _ first: Int) -> String
    ) {
        var first: [[String]: Int] = [:]
        for entry in entries {
            if let earlier = first[key(entry)] {
                report(entry[keyPath: line], words(entry, earlier))
            } else {
                first[key(entry)] = entry[keyPath: line]
            }
        }
    }

    private mutating func reportDuplicates(_ rows: [RecoveryMap.Row]) {
        reportDuplicates(
            of: rows, line: \.line, key: { [$0.profile, $0.section, $0.drill] },
            words: { row, line in
                "drill \(row.drill) of section \"\(row.section)\" in profile \(row.profile) "
                    + "has a row at line \(line) already; keep one"
            })
    }

    private mutating func reportDuplicates(_ waivers: [RecoveryMap.Waiver]) {
        reportDuplicates(
            of: waivers, line: \.line, key: { [$0.profile, $0.section] },
            words: { waiver, line in
                "section \"\(waiver.section)\" of profile \(waiver.profile) is waived at line \(line) "
                    + "already; keep one"
            })
    }
}
