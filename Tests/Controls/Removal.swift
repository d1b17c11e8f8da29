import DrillKit
import Runbooks
import Testing

/// One step of the section, to be left out.
struct Removal: CustomTestStringConvertible, Sendable {
    let step: Step

    var testDescription: String { "without line \(step.line): \(step.item.prefix(60))" }

    /// Every step of a drilled section; none where the runbook cannot be read, which the tests then say.
    static func all(drill: String, case name: String) -> [Removal] {
        let plan = try? Workshop().plan(drill: drill, case: name)
        return (plan?.section.steps ?? []).map(Removal.init)
    }
}

extension Section {
    /// A copy in which each line that holds `text` is changed; `index` counts these lines.
    func editing(_ text: String, _ change: (String, Int) -> String) -> Section {
        var section = self
        for step in steps {
            guard let block = step.block, block.script.contains(text) else { continue }
            var index = -1
            let lines = block.script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard line.contains(text) else { return String(line) }
                index += 1
                return change(String(line), index)
            }
            section = section.replacing(step: step, script: lines.joined(separator: "\n"))
        }
        return section
    }
}
