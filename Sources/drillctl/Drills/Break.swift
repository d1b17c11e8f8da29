import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Machines
import Runbooks

/// Breaks the lab and leaves it to a person, while the ledger scores him.
struct Break: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Break the lab and recover it by hand, while the ledger scores you.",
        discussion: """
            Restores a lab, has clients write to it, breaks it as the drill does, sees that it is broken, \
            and leaves the rest to you. In another terminal, `drillctl shell --sandbox ID` is your laptop. \
            Here you type:
              on pi2      your hand on a machine's power switch; `off pi2` the same
              plug pi2    its network cable, if that is out
              new pi2     a blank machine in its place, your key in its image
              disk out    the off-site disk, at your laptop; `disk back` returns it
              status      what the lab looks like from outside
              give up     end it; the verdict is then failed, and nothing is read back
            When the lab is whole again every write is read back, and the score is printed. Its evidence \
            lies apart, under evidence/by-hand.

            Example:
              $ drillctl break NodeKill --case pi2
              $ drillctl break VaultSeal --blind
            """)

    @Argument(help: "The drill's name; `drillctl explain` lists them.") var drill: String
    @Option(
        name: .customLong("case"),
        help: "Which case: the first whose name holds this. Any one by chance without it.")
    var caseName: String?
    @Flag(help: "Do not say what broke, nor show the section: find out.") var blind = false
    @OptionGroup var choice: ProfileChoice

    func run() async throws {
        let experiment = try Experiment.named(drill)
        let one =
            try caseName.map(experiment.one(matching:))
            ?? experiment.cases.filter { $0.relapse == nil }.randomElement()
        guard let one else { throw DrillError("\(experiment.name) has no cases") }
        if let relapse = one.relapse {
            throw DrillError(
                "\(one.name) cannot be tried by hand: it strikes again after the step \"\(relapse.after)\" of the section",
                next: "choose another case")
        }
        let (profile, blind) = (choice.profile, blind)
        let scored = try await Interrupt.guarding("the broken lab") {
            let workshop = try Workshop(profile: profile, say: tell)
            return try await Broken(workshop: workshop, experiment: experiment, one: one, isBlind: blind)
                .untilRecovered()
        }
        let run = scored.evidence.folder.deletingLastPathComponent().deletingLastPathComponent()
        answer(try VerdictList(run: run).table())
        answer("evidence: \(scored.evidence.folder.path)")
        if scored.verdict.result != .passed { throw ExitStatus.no }
    }
}

/// A lab that was broken and waits for a person.
private struct Broken: Sendable {
    /// What the person came to, and where it is written.
    typealias Score = (verdict: Verdict, evidence: EvidenceCase)

    let workshop: Workshop
    let experiment: Experiment
    let one: ExperimentCase
    let isBlind: Bool

    func untilRecovered() async throws -> Score {
        var plan = try workshop.plan(drill: experiment.name, case: one.name)
        plan.isByHand = true
        plan.settleDeadline = .seconds(8 * 3600)
        if !isBlind { plan.say = tell }
        let checkpoint = try await workshop.builder.checkpoint()
        tell("restoring a lab")
        let sandbox = try await workshop.builder.restore(
            checkpoint, purpose: "drillctl break \(experiment.name)", use: .visit)
        return try await sandbox.closing { try await score(plan, on: $0, from: checkpoint) }
    }

    private func score(
        _ plan: DrillPlan, on sandbox: Sandbox, from checkpoint: Checkpoint
    ) async throws -> Score {
        let current = CurrentRun.on(.byHand)
        let draft = try await current.draft(in: workshop, from: checkpoint, proving: sandbox)
        try WayIn.leave(in: Lab(sandbox))
        let (one, isBlind) = (one, isBlind)
        return try await Drill.run(
            plan, on: sandbox, draft: draft, in: current.run(in: workshop, from: checkpoint)
        ) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            Self.handOver(sandbox, plan, isBlind: isBlind)
            await drill.leaveToAPerson(one)
            try await SwitchDesk(lab: drill.lab).whileOpen { try await drill.settle() }
            try await drill.checkLedger()
        }
    }

    /// Tells the person how to get in and, unless he is to find out, what to follow.
    private static func handOver(_ sandbox: Sandbox, _ plan: DrillPlan, isBlind: Bool) {
        if isBlind {
            answer("Something is broken. The runbook is \(plan.section.file).\n")
        } else {
            answer("\n\(plan.section.source)\n")
        }
        answer("your laptop: drillctl shell --sandbox \(sandbox.id)")
        answer("your safe:   \(sandbox.safe) (shares.json, operator_token)")
        answer(
            "your hands:  type `on pi1`, `off pi1`, `plug pi1`, `new pi1`, `disk out`, `status` or `give up` here"
        )
    }
}
