/// Tells from the source lines whether a fenced block was closed.
///
/// The Markdown library takes the end of the file, or of the list item around it, for the missing fence, and
/// then tells nobody.
struct FenceCheck {
    private let source: SourceText
    /// Where fenced blocks start: a bare fence on such a line opens one and closes none.
    private let openings: Set<Int>

    init(source: SourceText, document: MarkdownDocument) {
        self.source = source
        openings = Set(document.nodes.filter { $0.fence != nil }.map(\.line))
    }

    /// Why the block is not closed where its author thinks, or nil.
    func problem(of block: MarkdownNode, fence: MarkdownNode.Fence, lines: [Substring]) -> String? {
        let mark = String(repeating: Character(Unicode.Scalar(fence.character)), count: 3)
        // An author who forgets a fence and goes on writing blocks: the next opening becomes text.
        for (offset, line) in lines.enumerated() where opensFence(line, like: fence) {
            return "the block opened by \(mark)\(fence.info) is not closed before another opens at line "
                + "\(block.line + 1 + offset); close it with \(mark), or fence it with more marks"
        }
        let closing = block.line + lines.count + 1
        guard !openings.contains(closing), closesFence(source.line(closing), fence) else {
            return "the block opened by \(mark)\(fence.info) is never closed; "
                + "close it with \(mark), indented as the opening is"
        }
        return nil
    }

    private func opensFence(_ line: Substring, like fence: MarkdownNode.Fence) -> Bool {
        let text = line.utf8.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let run = text.prefix { $0 == fence.character }
        let info = line[run.endIndex...]
        return run.count >= fence.length && !info.allSatisfy(\.isWhitespace)
            && (fence.character != UInt8(ascii: "`") || !info.contains("`"))
    }

    /// Whether a line is a closing fence behind the marks of the quotes around it.
    private func closesFence(_ line: Substring, _ fence: MarkdownNode.Fence) -> Bool {
        let text = line.utf8.reversed().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let run = text.prefix { $0 == fence.character }
        return run.count >= fence.length && text.dropFirst(run.count).allSatisfy { " \t>".utf8.contains($0) }
    }
}
