/// Walks a parsed document once and collects headings, items with their blocks, and problems.
struct RunbookReader {
    struct Heading {
        let title: String
        let level: Int
        let line: Int
    }

    /// A marked item, or the prose above unmarked blocks.
    struct Item {
        /// nil where there is no mark.
        let role: Role?
        let text: String
        let line: Int
        /// The node indices that belong to it.
        let extent: Range<Int>
        var prose: [String]
        var blocks: [Block] = []
        var holdsItems = false
    }

    /// The last paragraph under the current heading, and the item made of it once there is one.
    private struct Paragraph {
        let text: String
        let line: Int
        var item: Int?
    }

    let name: String
    let source: SourceText
    private let document: MarkdownDocument
    private let fences: FenceCheck
    private(set) var headings: [Heading] = []
    private(set) var items: [Item] = []
    private(set) var problems: [RunbookProblem] = []
    /// The lines on which an item's mark stands.
    private var marked: Set<Int> = []
    /// The marked items around the node being visited, innermost last.
    private var openItems: [Int] = []
    private var nearest: Paragraph?

    init(text: String, name: String) {
        self.name = name
        source = SourceText(text)
        document = MarkdownDocument(parsing: text)
        fences = FenceCheck(source: source, document: document)
        for index in document.nodes.indices {
            while let last = openItems.last, items[last].extent.upperBound <= index { openItems.removeLast() }
            switch document.nodes[index].kind {
            case .heading: visitHeading(index)
            case .paragraph: visitParagraph(index)
            case .codeBlock: visitBlock(index)
            case .htmlBlock: visitHTML(index)
            default: break
            }
        }
        for item in items where item.role == .agent && item.blocks.isEmpty && !item.holdsItems {
            report(
                item.line,
                "the [AGENT] item has no shell block with a command, so nothing would be done; "
                    + "give it a ```sh block, or mark it [HUMAN]")
        }
        let told = Set(problems.compactMap(\.line))
        for line in LostMarks(source: source, document: document).lines(besides: marked.union(told)) {
            report(
                line,
                "this mark marks no step; begin a paragraph or a list item with [AGENT] or [HUMAN] in capitals, "
                    + "then a space")
        }
        problems.sort { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(RunbookProblem(file: name, line: line, message: message))
    }

    private mutating func visitHeading(_ index: Int) {
        let node = document.nodes[index]
        // A heading in a list item or a quote is part of that, not a section.
        guard node.parent == 0 else { return }
        nearest = nil
        let title = document.text(of: index)
        headings.append(Heading(title: title, level: node.level, line: node.line))
        if Mark.isIn(title) {
            report(node.line, "a mark in a heading marks no step; put it at the start of each item under it")
        }
    }

    private mutating func visitParagraph(_ index: Int) {
        let node = document.nodes[index]
        let text = document.text(of: index)
        let parent = node.parent ?? 0
        let inListItem = document.nodes[parent].kind == .item
        let isFirst = inListItem && parent + 1 == index
        guard let mark = Mark(text) else {
            if isFirst && Mark.isIn(text) {
                report(node.line, "the mark is not at the start of the item; write [AGENT] or [HUMAN] first")
            }
            if let open = openItems.last { items[open].prose.append(text) }
            nearest = Paragraph(text: text, line: node.line, item: openItems.last)
            return
        }
        if let open = openItems.last { items[open].holdsItems = true }
        let line = isFirst ? document.nodes[parent].line : node.line
        let extent = index..<(inListItem ? document.nodes[parent].end : node.end)
        items.append(Item(role: mark.role, text: mark.item, line: line, extent: extent, prose: [mark.item]))
        marked.insert(node.line)
        openItems.append(items.count - 1)
        nearest = Paragraph(text: text, line: line, item: items.count - 1)
    }

    private mutating func visitBlock(_ index: Int) {
        let node = document.nodes[index]
        guard let fence = node.fence else { return }
        let lines = SourceText.split(node.literal).map(SourceText.withoutTerminator)
        if let problem = fences.problem(of: node, fence: fence, lines: lines) { report(node.line, problem) }

        let language = fence.info.prefix { !$0.isWhitespace }.lowercased()
        guard Block.languages.contains(language), lines.contains(where: { !$0.allSatisfy(\.isWhitespace) })
        else { return }
        let block = Block(
            file: name, language: language, script: lines.map { $0 + "\n" }.joined(),
            firstLine: node.line + 1, lastLine: node.line + lines.count)
        for match in PlaceholderScan(block.script).found where !match.isWellFormed {
            report(
                block.firstLine + match.lineOffset,
                "<\(match.name)> is no placeholder: its name needs lower-case letters, digits and hyphens; "
                    + "if a redirection is meant, put a space before >")
        }
        items[owner(at: index)].blocks.append(block)
    }

    /// HTML runs on to the next blank line: a fence right under `<details>` is text in it, and no block.
    private mutating func visitHTML(_ index: Int) {
        let node = document.nodes[index]
        guard !node.literal.whitespaceNormalised.hasPrefix("<!--") else { return }
        let lines = SourceText.split(node.literal).map(\.whitespaceNormalised)
        guard let fence = lines.firstIndex(where: { $0.hasPrefix("```") || $0.hasPrefix("~~~") }) else {
            return
        }
        report(
            node.line + fence, "this fence is swallowed by the HTML above it; put a blank line between them")
    }

    /// The item that a block belongs to: the marked one around it, else the nearest paragraph above it.
    private mutating func owner(at index: Int) -> Int {
        if let open = openItems.last { return open }
        if let item = nearest?.item { return item }
        let heading = headings.last.map { Paragraph(text: $0.title, line: $0.line) }
        let above = nearest ?? heading ?? Paragraph(text: "", line: document.nodes[index].line)
        items.append(
            Item(role: nil, text: above.text, line: above.line, extent: index..<index, prose: [above.text]))
        nearest = Paragraph(text: above.text, line: above.line, item: items.count - 1)
        return items.count - 1
    }
}
