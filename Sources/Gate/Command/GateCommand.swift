public import ArgumentParser
import Evidence
import Foundation
import Runbooks

/// Decides whether a change may be promoted: `drillctl gate`, and the program `drill-gate`.
public struct GateCommand: ParsableCommand {
    /// Its name, its help and what it teaches.
    public static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Decide whether a change is covered by evidence.",
        discussion: """
            From what differs between a base and HEAD it tells which change classes the change touches, which \
            drills these require, and whether each case of each has a passed verdict that counts: fresh, of this \
            text, these plays and this harness, of a clean tree behind a whole wall, and of a lab that was \
            faithful for the class and the fault. Rules, policy, map and keys are read from the base. \
            docs/gate.md says all of it.

            In CI (CI=true) only evidence that a trusted key signed counts.

            Exits 0 when the change may pass, 1 when it may not, 2 when that cannot be told.

            Examples:
              $ drillctl gate --base origin/main
              $ drillctl gate --base origin/main --class dns --json
            """)

    @Option(help: ArgumentHelp("The revision that the change is to be promoted into.", valueName: "rev"))
    var base: String
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("A class to require beside those that the change touches.", valueName: "class"))
    var classes: [ChangeClass] = []
    @Option(help: ArgumentHelp("The repository, if not the one here.", valueName: "path"))
    var repository = "."
    @Option(help: ArgumentHelp("The evidence, if not evidence/ or DRILL_EVIDENCE.", valueName: "path"))
    var evidence: String?
    @Option(help: ArgumentHelp("A head of the evidence's chain that was kept elsewhere.", valueName: "file"))
    var trustedHead: String?
    @Flag(help: "Count only what a trusted key signed, also outside of CI.") var requireSignature = false
    @Option(
        help: ArgumentHelp("What a person decided on, as the refusal named it.", valueName: "sha256"))
    var decided: String?
    @Flag(help: "Print one JSON object.") var json = false
    @Option(help: ArgumentHelp("Write a JUnit report as well.", valueName: "file")) var junit: String?

    /// For ArgumentParser.
    public init() {}

    /// Judges, tells, and ends with the decision's exit status.
    public func run() throws {
        let told: DecisionJSON
        do {
            let promotion = try Promotion(
                repository: repository, base: base, evidence: evidence, trustedHead: trustedHead,
                requiresSignature: requireSignature || ProcessInfo.processInfo.environment["CI"] == "true",
                decided: decided, asked: Set(classes))
            let supply = try promotion.supply()
            told = DecisionJSON(
                promotion.decision, base: promotion.base, head: promotion.head, supply: supply)
            if !json { print(DecisionText.text(of: promotion.decision, supply: supply), terminator: "") }
        } catch {
            told = DecisionJSON(cannotTell: "\(error)")
            FileHandle.standardError.write(
                Data("gate: cannot tell: \("\(error)".withoutControls)\n".utf8))
        }
        if json { print(try told.text()) }
        if let junit {
            do {
                try Data(JUnit.text(of: told).utf8).write(to: URL(filePath: junit))
            } catch {
                FileHandle.standardError.write(
                    Data("gate: cannot write \(junit): \(error.localizedDescription)\n".utf8))
                throw ExitCode(2)
            }
        }
        switch told.decision {
        case "accept": return
        case "refuse": throw ExitCode(1)
        default: throw ExitCode(2)
        }
    }
}

extension ChangeClass: ExpressibleByArgument {}
