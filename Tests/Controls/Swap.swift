import DrillKit
import Evidence
import Runbooks
import Testing

/// Two steps of a section in the other order: what stands on something cannot come before it.
struct Swap: Sendable, CustomTestStringConvertible {
    /// Words of the step that comes first in the runbook.
    let first: String
    /// Words of the one that comes after it.
    let second: String
    /// What it must come to.
    var due = Verdict.Result.failed
    /// Why.
    let reason: String

    var testDescription: String { "\(second), before: \(first)" }
}

extension Control {
    /// Follows the section with two steps swapped, and sees that it comes to what is due.
    func comesToWhatIsDue(_ swap: Swap, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (first, second) = try (removal(of: swap.first).step, removal(of: swap.second).step)
        let verdict = try await verdict("lines \(first.line) and \(second.line) swapped") { plan in
            plan.section = plan.section.swapping(first, second)
        }
        #expect(
            verdict.result == swap.due, "\(swap.reason): \(verdict.reason)", sourceLocation: sourceLocation)
    }
}
