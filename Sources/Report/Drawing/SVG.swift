/// One element of a drawing, with everything in it escaped.
struct SVG {
    private let name: String
    private let attributes: [(String, String)]
    private let content: String

    /// An element that holds others.
    init(_ name: String, _ attributes: [(String, String)] = [], _ children: [SVG] = []) {
        self.name = name
        self.attributes = attributes
        content = children.map(\.text).joined()
    }

    /// An element that holds words: a title, a description.
    init(_ name: String, _ attributes: [(String, String)] = [], words: String) {
        self.name = name
        self.attributes = attributes
        content = Markup.escape(words)
    }

    /// The element as it stands in a page.
    var text: String {
        let pairs = attributes.map { " \($0)=\"\(Markup.escape($1))\"" }.joined()
        return content.isEmpty ? "<\(name)\(pairs)/>" : "<\(name)\(pairs)>\(content)</\(name)>"
    }

    /// A whole drawing, which tells its title and its description to whoever cannot see it; only its width is stretched.
    static func drawing(
        _ prefix: String, _ title: String, _ description: String, width: Double, height: Double,
        _ parts: [SVG]
    ) -> SVG {
        let names = ["title", "desc"].map { "\(prefix)-\($0)" }
        let words = [
            SVG("title", [("id", names[0])], words: title),
            SVG("desc", [("id", names[1])], words: description),
        ]
        return SVG(
            "svg",
            [
                ("role", "img"), ("aria-labelledby", names.joined(separator: " ")),
                ("viewBox", "0 0 \(number(width)) \(number(height))"), ("preserveAspectRatio", "none"),
                ("height", number(height)),
            ], words + parts)
    }

    /// A rectangle; `words` are what a pointer that rests on it is told.
    static func rectangle(
        _ kind: String, x: Double, y: Double, width: Double, height: Double, words: String? = nil
    ) -> SVG {
        SVG(
            "rect",
            [
                ("class", kind), ("x", number(x)), ("y", number(y)), ("width", number(width)),
                ("height", number(height)),
            ],
            words.map { [SVG("title", words: $0)] } ?? [])
    }

    /// Straight lines in one path, which is far smaller than a line for each.
    static func strokes(_ kind: String, _ lines: [(x: Double, from: Double, to: Double)]) -> SVG? {
        guard !lines.isEmpty else { return nil }
        let path = lines.map { "M\(number($0.x)) \(number($0.from))V\(number($0.to))" }.joined()
        return SVG("path", [("class", kind), ("d", path)])
    }

    /// A coordinate, to the tenth; 0 for what has no place on a page, as damaged evidence gives.
    static func number(_ value: Double) -> String {
        guard abs(value) < 1e9 else { return "0" }
        let tenths = (value * 10).rounded() / 10
        return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
    }
}
