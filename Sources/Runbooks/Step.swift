/// Who does a step.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// A shell runs the step's block.
    case agent = "AGENT"
    /// A person does it; a block is what he types.
    case human = "HUMAN"
}

/// One thing to do: a block, or a [HUMAN] item without one.
///
/// An item is a paragraph that begins with `[AGENT]` or `[HUMAN]`. In a list, everything in the list item is
/// its own, up to a nested item with a mark. A shell block outside any such item belongs to the nearest
/// paragraph above it under the same heading, and to the agent unless that paragraph bears a mark.
public struct Step: Sendable, Hashable {
    /// Who does it.
    public let role: Role
    /// The first paragraph of the item with its mark, as a reader sees it, white space normalised.
    public let item: String
    /// The line of the item; a step without any paragraph above it has its heading's.
    public let line: Int
    /// The shell block; nil for a [HUMAN] item that has none.
    public let block: Block?
    /// The exit statuses that the item's prose announces ("exits 2 while sealed"); 0 is always in.
    public let expectedExits: Set<Int32>

    /// Where the step stands among the others: its first script line, or its item's line.
    public var position: Int { block?.firstLine ?? line }

    /// The step with its placeholders replaced; throws as `Block.bound(with:)` does.
    func bound(with values: [String: String]) throws(RunbookError) -> Step {
        guard let block else { return self }
        return replacing(script: try block.bound(with: values))
    }

    /// The step with another script on the same lines.
    func replacing(script: String) -> Step {
        Step(
            role: role, item: item, line: line, block: block?.replacing(script: script),
            expectedExits: expectedExits)
    }
}
