/// Findings as text for a terminal.
public enum RunbookReport {
    /// A line for each section, under it a line for each reason, and the count at the end.
    public static func text(_ findings: [SectionFinding]) -> String {
        let locations = findings.map { "\($0.file):\($0.line)" }
        let locationWidth = locations.map(\.count).max() ?? 0
        let titleWidth = findings.map(\.title.count).max() ?? 0
        var lines: [String] = []
        for (finding, location) in zip(findings, locations) {
            lines.append(
                padded(location, locationWidth) + "  " + padded(finding.title, titleWidth) + "  "
                    + verdict(finding))
            lines += finding.reasons.map { "    \($0.location)  \($0.message)" }
        }
        let drillable = findings.count(where: \.isDrillable)
        lines.append("\(counted(findings.count, "section")), \(drillable) drillable")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func verdict(_ finding: SectionFinding) -> String {
        guard finding.isDrillable else { return "not drillable" }
        return "drillable (" + (finding.drills + [counted(finding.stepCount, "step")]).joined(separator: ", ")
            + ")"
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
