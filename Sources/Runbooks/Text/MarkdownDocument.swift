import CCMark
import Synchronization

/// One node of a parsed document.
struct MarkdownNode {
    /// The library's own names of the node types that matter here.
    enum Kind: String {
        case item, paragraph, heading, text, softbreak, linebreak, code, table, other
        case codeBlock = "code_block"
        case htmlBlock = "html_block"
        case inlineHTML = "html_inline"
        case tableHeader = "table_header"
        case tableRow = "table_row"
        case tableCell = "table_cell"
    }

    /// The opening of a fenced block.
    struct Fence {
        let character: UInt8
        let length: Int
        let info: String
    }

    let kind: Kind
    /// The line on which the node starts.
    ///
    /// The library's end lines are wrong in places, so nobody asks for them.
    let line: Int
    /// The index of the parent; nil for the document.
    let parent: Int?
    /// The index after the last descendant.
    var end: Int
    let literal: String
    /// The heading's level, 0 elsewhere.
    let level: Int
    let fence: Fence?
}

/// A parsed document as a flat list in document order.
///
/// The library's tree is copied and freed at once, so no pointer outlives the parse; and a flat list is
/// walked without recursion, so a document of ten thousand nested quotes cannot overflow the stack.
struct MarkdownDocument {
    private(set) var nodes: [MarkdownNode] = []

    // The library registers extensions in global variables without a lock.
    private static let library = Mutex(false)

    init(parsing text: String) {
        Self.library.withLock { registered in
            if !registered { cmark_gfm_core_extensions_ensure_registered() }
            registered = true
            guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return }
            defer { cmark_parser_free(parser) }
            cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"))
            var text = text
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    cmark_parser_feed(parser, $0.baseAddress, $0.count)
                }
            }
            guard let root = cmark_parser_finish(parser) else { return }
            defer { cmark_node_free(root) }
            copy(root)
        }
    }

    private mutating func copy(_ root: OpaquePointer) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        var open: [(node: OpaquePointer, index: Int)] = []
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE else { break }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            let parent = cmark_node_parent(node)
            while let last = open.last, last.node != parent {
                nodes[last.index].end = nodes.count
                open.removeLast()
            }
            nodes.append(Self.node(node, parent: open.last?.index, index: nodes.count))
            open.append((node, nodes.count - 1))
        }
        for (_, index) in open { nodes[index].end = nodes.count }
    }

    private static func node(_ node: OpaquePointer, parent: Int?, index: Int) -> MarkdownNode {
        let kind = MarkdownNode.Kind(rawValue: String(cString: cmark_node_get_type_string(node))) ?? .other
        var length: Int32 = 0
        var offset: Int32 = 0
        var character: CChar = 0
        let fenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        return MarkdownNode(
            kind: kind, line: Int(cmark_node_get_start_line(node)), parent: parent, end: index + 1,
            literal: cmark_node_get_literal(node).map { String(cString: $0) } ?? "",
            level: Int(cmark_node_get_heading_level(node)),
            fence: fenced ? .init(character: UInt8(character), length: Int(length), info: info) : nil)
    }
}

extension MarkdownDocument {
    /// The indices of a node's children.
    func children(of parent: Int) -> [Int] {
        var children: [Int] = []
        var child = parent + 1
        while child < nodes[parent].end {
            children.append(child)
            child = nodes[child].end
        }
        return children
    }

    /// What a reader sees of a node's inline content, white space normalised.
    ///
    /// Emphasis, link and code marks are gone. `<share>` is inline HTML to the library, and stays.
    func text(of index: Int) -> String {
        nodes[index..<nodes[index].end].map { node in
            switch node.kind {
            case .text, .code, .inlineHTML: node.literal
            case .softbreak, .linebreak: " "
            default: ""
            }
        }.joined().whitespaceNormalised
    }
}
