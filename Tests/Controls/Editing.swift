import Runbooks

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
