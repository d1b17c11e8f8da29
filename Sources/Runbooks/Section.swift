/// A heading of a runbook and what stands under it, nested headings included.
public struct Section: Sendable, Hashable {
    /// The file's name for messages.
    public let file: String
    /// The heading's text as a reader sees it, white space normalised.
    public let title: String
    /// The heading's level, 1 to 6.
    public let level: Int
    /// The heading's line.
    public let line: Int
    /// The last line that is not blank: a section written after this one does not change its digest.
    public let lastLine: Int
    /// The exact text of the lines `line` to `lastLine`, terminators included.
    public let source: String
    /// The steps in the order of their lines, those of nested headings included.
    public let steps: [Step]
    /// The sections of the headings directly nested in this one.
    public let subsections: [Section]
    /// What keeps the section from being followed to the letter, whatever the placeholders are bound to.
    public let problems: [RunbookProblem]

    /// The SHA-256 of the UTF-8 source, in lower-case hex.
    public var sha256: String { source.sha256 }

    /// The steps that stand before the first nested heading.
    public var ownSteps: [Step] {
        steps.filter { $0.position < firstNestedLine }
    }

    /// The problems that stand before the first nested heading.
    public var ownProblems: [RunbookProblem] {
        problems.filter { ($0.line ?? 0) < firstNestedLine }
    }

    private var firstNestedLine: Int { subsections.first?.line ?? .max }

    /// The section's steps with every placeholder replaced by its value.
    ///
    /// Throws everything that is in the way, and so before anything runs: the section's problems, unbound
    /// placeholders, values that a shell would not take as one plain word.
    public func boundSteps(with values: [String: String]) throws(RunbookError) -> [Step] {
        var problems = problems
        var bound: [Step] = []
        for step in steps {
            do throws(RunbookError) {
                bound.append(try step.bound(with: values))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw RunbookError(problems) }
        return bound
    }
}
