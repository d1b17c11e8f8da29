import Runbooks

/// One line of a section's blocks that a control changes, or several that say the same.
///
/// ``ControlWords`` sees that they are there and are changed: an edit that finds nothing leaves the section
/// as it is, and the control would look at a drill that nothing is wrong with.
struct Edit: Sendable {
    /// Words that these lines alone hold.
    let words: String
    /// How many there are.
    let places: Int
    /// What becomes of it.
    let change: @Sendable (String) -> String

    init(of words: String, in places: Int = 1, _ change: @escaping @Sendable (String) -> String) {
        (self.words, self.places, self.change) = (words, places, change)
    }

    /// Puts some words in the place of others.
    static func replacing(_ old: String, with new: String, inLineOf words: String) -> Edit {
        Edit(of: words) { $0.replacing(old, with: new) }
    }
}

extension Section {
    /// A copy with a line changed.
    func editing(_ edit: Edit) -> Section {
        var section = self
        for step in steps {
            guard let block = step.block, block.script.contains(edit.words) else { continue }
            let lines = block.script.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.contains(edit.words) ? edit.change(String($0)) : String($0)
            }
            section = section.replacing(step: step, script: lines.joined(separator: "\n"))
        }
        return section
    }

    /// The numbers and texts of the lines of its blocks that hold some words.
    func lines(holding words: String) -> [(number: Int, text: String)] {
        steps.compactMap(\.block).flatMap { block in
            block.script.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                .filter { $1.contains(words) }.map { (block.firstLine + $0, String($1)) }
        }
    }
}
