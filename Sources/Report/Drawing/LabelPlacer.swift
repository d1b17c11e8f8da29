/// Finds each label a row in which it covers no other, by the room that a telephone has.
struct LabelPlacer {
    /// How many hundredths of the drawing's width one letter takes there: 7 of 270 pixels.
    private static let letter = 2.6

    private let limit: Int
    private var taken: [[ClosedRange<Double>]] = []

    init(rows limit: Int = 8) { self.limit = limit }

    /// A place for a label at so many hundredths of the width; nil when every row is full there.
    mutating func place(_ words: String, kind: String, at percent: Double) -> TimelineDrawing.Label? {
        let width = Double(words.count + 1) * Self.letter
        // In the right half it ends where it would begin elsewhere, and so never leaves the drawing.
        let isRight = percent > 50
        let room = isRight ? (percent - width)...percent : percent...(percent + width)
        let row = taken.firstIndex { row in !row.contains { $0.overlaps(room) } } ?? taken.count
        guard row < limit else { return nil }
        if row == taken.count { taken.append([]) }
        taken[row].append(room)
        return TimelineDrawing.Label(
            words: words, kind: kind, row: row, left: isRight ? nil : SVG.number(percent),
            right: isRight ? SVG.number(100 - percent) : nil, target: nil)
    }
}
