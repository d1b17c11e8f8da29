extension RecoveryMap {
    /// What the drills write into a row: its last four columns, as they stand in the file.
    public struct Written: Sendable, Hashable {
        /// The section's digest when it was drilled.
        public let sectionSHA256: String
        /// What it came to.
        public let verdict: String
        /// The day.
        public let date: Day
        /// The longest recovery of its cases; nil where none was reached.
        public let recovery: String?

        /// Takes the four; none may hold a line break or a bar.
        public init(sectionSHA256: String, verdict: String, date: Day, recovery: String?) {
            self.sectionSHA256 = sectionSHA256
            self.verdict = verdict
            self.date = date
            self.recovery = recovery
        }

        fileprivate var cells: [String] { [sectionSHA256, verdict, date.description, recovery ?? "-"] }
    }

    /// The map's text with the drills' columns of some rows written anew, and every other byte as it was.
    ///
    /// - `text`: what the map was read from, a byte order mark included.
    /// - `written`: by the rows' lines.
    ///
    /// Throws where a row has no cell for a column, or where writing would have changed anything else.
    public func text(_ text: String, writing written: [Int: Written]) throws(RunbookError) -> String {
        var lines = SourceText(text).lines
        for row in rows {
            guard let cells = written[row.line]?.cells else { continue }
            var line = TableLine(lines[row.line - 1])
            // From the right, so that the places of the others stay.
            for (place, cell) in zip(row.writtenPlaces, cells).sorted(by: { $0.0 > $1.0 }) {
                guard line.replace(place, with: cell) else {
                    throw RunbookError(
                        file: name, line: row.line,
                        "has no cell in column \(place + 1); end the row with | - |")
                }
            }
            lines[row.line - 1] = line.text
        }
        let after = lines.joined()
        let reread = try RecoveryMap(text: after.droppingByteOrderMark, name: name)
        for (before, now) in zip(rows, reread.rows) {
            let cells = [now.sectionSHA256, now.lastVerdict, now.date, now.recovery]
            let expected =
                written[before.line].map { $0.cells.map { $0 == "-" ? nil : $0 } }
                ?? [before.sectionSHA256, before.lastVerdict, before.date, before.recovery]
            guard before.sha256 == now.sha256, cells == expected else {
                throw RunbookError(
                    file: name, line: before.line, "cannot be written safely; write a bar in a cell as \\|")
            }
        }
        return after
    }

    /// Whether two lines are one row of this map before and after `drillctl map update`.
    public func differOnlyInWrittenColumns(_ before: String, _ after: String) -> Bool {
        let (one, other) = (TableLine(before).cells, TableLine(after).cells)
        guard let places = rows.first?.writtenPlaces, rows.allSatisfy({ $0.writtenPlaces == places }),
            one.count == other.count, places.allSatisfy(one.indices.contains),
            // No row, but the header, has words where the digest stands.
            ["", "-"].contains(one[places[0]]) || one[places[0]].utf8.count == 64
        else { return false }
        return one.indices.allSatisfy { places.contains($0) || one[$0] == other[$0] }
    }
}

/// One line of a Markdown table, by its bytes.
struct TableLine {
    private var bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The line, its terminator included.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What stands in the cells, escapes included and the white space around left out.
    var cells: [String] { ranges.map { String(decoding: bytes[$0], as: UTF8.self) } }

    /// Puts a text in the place of a cell's content; false where there is no such cell.
    mutating func replace(_ cell: Int, with text: String) -> Bool {
        let ranges = ranges
        guard ranges.indices.contains(cell) else { return false }
        bytes.replaceSubrange(ranges[cell], with: Array(text.utf8))
        return true
    }

    /// Where the cells' contents stand, without the white space around; a bar after a backslash divides nothing.
    private var ranges: [Range<Int>] {
        let end = bytes.lastIndex { !Self.blank.contains($0) }.map { $0 + 1 } ?? 0
        let bars = (0..<end).filter { index in
            bytes[index] == UInt8(ascii: "|") && (index == 0 || bytes[index - 1] != UInt8(ascii: "\\"))
        }
        let first = bytes.firstIndex { !Self.blank.contains($0) } ?? end
        let starts = (bars.first == first ? [] : [0]) + bars.map { $0 + 1 }
        let ends = (bars.first == first ? Array(bars.dropFirst()) : bars) + [end]
        return zip(starts, ends).filter { $0.0 < end }.map { start, end in
            let from = (start..<end).first { !Self.blank.contains(bytes[$0]) } ?? min(start + 1, end)
            let to = (from..<end).last { !Self.blank.contains(bytes[$0]) }.map { $0 + 1 } ?? from
            return from..<to
        }
    }

    private static let blank = Array(" \t\r\n".utf8)
}

extension String {
    /// The text without the mark that some editors begin a file with.
    var droppingByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }
}
