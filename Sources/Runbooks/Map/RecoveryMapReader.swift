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

    private let name: String
    private let document: MarkdownDocument
    private var problems: [RunbookProblem] = []

    init(text: String, name: String) {
        self.name = name
        document = MarkdownDocument(parsing: text)
    }

    mutating func rows() throws(RunbookError) -> [RecoveryMap.Row] {
        var rows: [RecoveryMap.Row] = []
        var tables = 0
        for index in document.nodes.indices where document.nodes[index].kind == .table {
            let lines = document.children(of: index)
            guard let header = lines.first, let columns = columns(header, line: headerLine(lines)) else {
                continue
            }
            tables += 1
            guard columns.count == Column.allCases.count else { continue }
            rows += lines.dropFirst().compactMap { row($0, columns) }
        }
        if tables == 0 {
            let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")
            throw RunbookError(file: name, "has no table with a column \"drill\"; its columns are \(columns)")
        }
        reportDuplicates(rows)
        guard problems.isEmpty else {
            throw RunbookError(problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return rows
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(RunbookProblem(file: name, line: line, message: message))
    }

    /// The header's line; under a paragraph without a blank line between, the library gives the paragraph's.
    private func headerLine(_ lines: [Int]) -> Int {
        lines.count > 1 ? document.nodes[lines[1]].line - 2 : document.nodes[lines[0]].line
    }

    /// Where each column stands; nil where the table is none of the map's.
    private mutating func columns(_ header: Int, line: Int) -> [Column: Int]? {
        let titles = document.children(of: header).map { document.text(of: $0).lowercased() }
        guard titles.contains(Column.drill.rawValue) else { return nil }
        var columns: [Column: Int] = [:]
        for column in Column.allCases {
            let places = titles.indices.filter { titles[$0] == column.rawValue }
            if places.isEmpty { report(line, "column \"\(column.rawValue)\" is missing; add it") }
            if places.count > 1 { report(line, "column \"\(column.rawValue)\" stands here more than once") }
            columns[column] = places.first
        }
        return columns
    }

    private mutating func row(_ index: Int, _ columns: [Column: Int]) -> RecoveryMap.Row? {
        let line = document.nodes[index].line
        let cells = document.children(of: index).map { document.text(of: $0) }
        let before = problems.count
        func cell(_ column: Column) -> String? {
            guard let place = columns[column], cells.indices.contains(place) else { return nil }
            return ["", "-", "\u{2013}", "\u{2014}"].contains(cells[place]) ? nil : cells[place]
        }
        func required(_ column: Column) -> String {
            if cell(column) == nil { report(line, "\(column.rawValue) is empty; fill it in") }
            return cell(column) ?? ""
        }
        let cases = list(required(.cases), ";")
        let classes = list(required(.changeClasses), ",").compactMap { changeClass($0, line) }
        let recovery = RecoveryBudget(required(.recoveryBudget))
        if recovery == nil, let text = cell(.recoveryBudget) {
            report(
                line, "recovery budget \"\(text)\" is not understood; write for example 90 s, 10 min or 2 h")
        }
        let loss = LossBudget(required(.lossBudget))
        if loss == nil, let text = cell(.lossBudget) {
            report(line, "loss budget \"\(text)\" is not understood; write for example 0 writes or 5 s")
        }
        let digest = cell(.sectionSHA256)
        if let digest, digest.utf8.count != 64 || !digest.utf8.allSatisfy("0123456789abcdef".utf8.contains) {
            report(line, "section sha256 is not 64 lower-case hex digits; leave it empty until drilled")
        }
        let profile = required(.profile)
        let section = required(.section)
        let drill = required(.drill)
        guard problems.count == before, let recovery, let loss else { return nil }
        return RecoveryMap.Row(
            file: name, line: line, profile: profile, section: section, drill: drill, cases: cases,
            changeClasses: classes, recoveryBudget: recovery, lossBudget: loss, sectionSHA256: digest,
            lastVerdict: cell(.lastVerdict), date: cell(.date), recovery: cell(.recovery))
    }

    private func list(_ text: String, _ separator: Character) -> [String] {
        text.split(separator: separator).map(\.whitespaceNormalised).filter { !$0.isEmpty }
    }

    private mutating func changeClass(_ text: String, _ line: Int) -> ChangeClass? {
        if let known = ChangeClass(rawValue: text) { return known }
        let known = ChangeClass.allCases.map(\.rawValue).joined(separator: ", ")
        report(line, "change class \"\(text)\" is unknown; known are \(known)")
        return nil
    }

    private mutating func reportDuplicates(_ rows: [RecoveryMap.Row]) {
        var first: [[String]: Int] = [:]
        for row in rows {
            let key = [row.profile, row.section, row.drill]
            if let line = first[key] {
                report(
                    row.line,
                    "drill \(row.drill) of section \"\(row.section)\" in profile \(row.profile) "
                        + "has a row at line \(line) already; keep one")
            }
            first[key] = first[key] ?? row.line
        }
    }
}
