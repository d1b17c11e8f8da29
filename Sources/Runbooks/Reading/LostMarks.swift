/// Finds the marks that stand at the start of a line and mark nothing.
///
/// The Markdown library makes a link of `[HUMAN](pi1) go`, nothing at all of `[HUMAN]: go`, and text of a mark in the
/// middle of a paragraph or right under HTML: the step would vanish, and nobody would be told.
struct LostMarks {
    private let source: SourceText
    /// Lines on which a mark may stand as an example: code, and what is commented out.
    private let quoted: Set<Int>

    init(source: SourceText, document: MarkdownDocument) {
        self.source = source
        quoted = document.nodes.reduce(into: []) { quoted, node in
            let count = SourceText.split(node.literal).count
            switch node.kind {
            case .codeBlock: quoted.formUnion(node.line..<node.line + count + (node.fence == nil ? 0 : 2))
            case .htmlBlock where node.literal.whitespaceNormalised.hasPrefix("<!--"):
                quoted.formUnion(node.line..<node.line + count)
            default: break
            }
        }
    }

    /// The lines with such a mark, but for those that are known to mark a step.
    func lines(besides marked: Set<Int>) -> [Int] {
        source.lines.indices.map { $0 + 1 }.filter { line in
            !marked.contains(line) && !quoted.contains(line) && Self.beginsWithMark(source.line(line))
        }
    }

    /// Whether a line begins with a mark, in any case of letters, behind the marks of quotes, lists and tasks.
    private static func beginsWithMark(_ line: Substring) -> Bool {
        let text = line.prefixMatch(of: /[\s>]*(?:(?:[-+*]|\d+[.)])\s+)*(?:\[[ xX]\]\s+)?/).map {
            line[$0.range.upperBound...]
        }
        return Role.allCases.contains { role in
            text?.prefix(role.rawValue.count + 2).uppercased() == "[\(role.rawValue)]"
        }
    }
}
