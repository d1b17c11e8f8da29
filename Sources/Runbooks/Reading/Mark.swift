/// The `[AGENT]` or `[HUMAN]` at the start of an item.
struct Mark {
    let role: Role
    /// The item's text from the mark on; a task list's box before it is dropped.
    let item: String

    init?(_ text: String) {
        var item = text[...]
        for box in ["[ ] ", "[x] ", "[X] "] where item.hasPrefix(box) {
            item = item.dropFirst(box.count)
        }
        guard let role = Role.allCases.first(where: { item.hasPrefix("[\($0.rawValue)]") }) else {
            return nil
        }
        self.role = role
        self.item = String(item)
    }

    /// Whether a text names a mark anywhere, in any case of letters.
    static func isIn(_ text: String) -> Bool {
        let text = text.uppercased()
        return Role.allCases.contains { text.contains("[\($0.rawValue)]") }
    }
}
