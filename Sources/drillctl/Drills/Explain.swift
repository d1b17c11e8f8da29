import ArgumentParser
import DrillKit
import Foundation
import Operator
import Runbooks

/// Tells what a drill does, from its own declarations.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what a drill does, from its own declarations.",
        discussion: """
            Starts no machine. Prints what breaks and in which ways, how each is seen to be broken, the \
            section that must recover it step by step, the budgets, and what would make it fail. Without a \
            name it lists the drills.

            Example:
              $ drillctl explain NodeKill
            """)

    @Argument(help: "The drill's name.") var drill: String?
    @OptionGroup var choice: ProfileChoice
    /// For drill.sh: the drills that have a case of those which CASES names.
    @Option(help: .hidden) var cases: String?

    func run() throws {
        if let cases { return print(try Experiment.having(cases).map(\.name).joined(separator: "\n")) }
        guard let drill else {
            print(Table.columns(Experiment.all.map { [$0.name, $0.breaks] }))
            return
        }
        let experiment = try Experiment.named(drill)
        let checkout = try Checkout()
        let folder = try ProfileFolder(name: choice.profile, checkout: checkout.path)
        let row = try RecoveryMap(contentsOf: checkout.recoveryMap).row(
            profile: choice.profile, drill: experiment.name)
        let section = try folder.runbook().section(titled: row.section)
        print(Self.text(experiment, section, row, human: try folder.human()), terminator: "")
    }

    /// The whole explanation; every line of it comes from the experiment, the runbook, the map or the human's table.
    static func text(
        _ experiment: Experiment, _ section: Section, _ row: RecoveryMap.Row, human: HumanTable
    ) -> String {
        let minutes = Set(section.steps.filter { $0.role == .human }.map(\.item))
            .compactMap { human.entry(for: $0)?.minutes }.reduce(0, +)
        var lines = [
            "\(experiment.name): \(row.section)", "",
            "breaks    \(experiment.breaks)",
            "fails if  \(experiment.fails)",
            "recovers  \(section.file):\(section.line), \(section.steps.count) steps; a person's part is "
                + "\(tenths(minutes)) min",
            "budget    recovery \(row.recoveryBudget.text), loss \(row.lossBudget.text)",
            "", "cases, each from a freshly restored lab:",
        ]
        for one in experiment.cases {
            lines.append("  \(one.name)")
            lines.append("    \(one.fault.kind) on \(one.fault.target), while \(one.leader) leads Vault")
            lines.append("    seen by \(one.fault.vantage)")
            if let again = one.relapse { lines.append("    and again after the step \"\(again.after)\"") }
            if let how = one.healsItself { lines.append("    heals by itself: \(how)") }
            if one.isKeptOffsite { lines.append("    while the off-site box takes its copies") }
            if one.history > .zero { lines.append("    after clients have written for \(one.history)") }
        }
        lines += ["", "the section, to the letter:"]
        for step in section.steps {
            let errand = human.entry(for: step.item)?.errand.map { " (\($0.rawValue))" } ?? ""
            lines.append("  \(step.position)  \(step.item)\(errand)")
        }
        lines += [
            "", "the way of each case:",
            "  healthy, clients writing > fault > fault seen from elsewhere > the section > whole again, "
                + "redundancy included > every write read back > verdict",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
