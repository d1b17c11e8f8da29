/// One table of the map: where its columns stand, and the cells of its rows.
struct MapTable<Column: RawRepresentable<String> & CaseIterable & Hashable> {
    /// The rows below the header, as nodes of the document.
    let rows: [Int]
    /// What is wrong with the header, each with its line.
    let complaints: [(line: Int, message: String)]
    /// Where each column stands, counted from 0.
    let places: [Column: Int]

    private let document: MarkdownDocument

    /// Reads the table at a node; nil where it has no column `mark`, and so is none of this kind.
    init?(_ table: Int, of document: MarkdownDocument, with mark: Column) {
        let lines = document.children(of: table)
        guard let header = lines.first else { return nil }
        let titles = document.children(of: header).map { document.text(of: $0).lowercased() }
        guard titles.contains(mark.rawValue) else { return nil }
        // Under a paragraph without a blank line between, the library gives the paragraph's line.
        let line = lines.count > 1 ? document.nodes[lines[1]].line - 2 : document.nodes[header].line
        var complaints: [(Int, String)] = []
        var places: [Column: Int] = [:]
        for column in Column.allCases {
            let found = titles.indices.filter { titles[$0] == column.rawValue }
            if found.isEmpty { complaints.append((line, "column \"\(column.rawValue)\" is missing; add it")) }
            if found.count > 1 {
                complaints.append((line, "column \"\(column.rawValue)\" stands here more than once"))
            }
            places[column] = found.first
        }
        self.complaints = complaints
        self.places = places
        self.document = document
        rows = Array(lines.dropFirst())
    }

    /// Whether every column is there, so that rows can be read.
    var isWhole: Bool { places.count == Column.allCases.count }

    /// The line of a row.
    func line(of row: Int) -> Int { document.nodes[row].line }

    /// What a reader sees in the cells of a row; an empty one, or one with a dash alone, is left out.
    func cells(of row: Int) -> [Column: String] {
        let cells = document.children(of: row).map { document.text(of: $0) }
        return places.compactMapValues { place in
            guard cells.indices.contains(place) else { return nil }
            return ["", "-", "\u{2013}", "\u{2014}"].contains(cells[place]) ? nil : cells[place]
        }
    }
}
