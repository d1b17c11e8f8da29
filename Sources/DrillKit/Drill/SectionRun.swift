import Boundary
import Evidence
import Foundation
import Machines
import Operator
import Runbooks
import Synchronization

/// The section followed in the operator's private root, every event of it journalled.
struct SectionRun {
    let lab: Lab
    let plan: DrillPlan
    /// The plan's section, or the part of it that is followed.
    let section: Section
    let journal: Journal
    /// Awaited before the human lays hands on a machine; what it throws ends the section as failed, unless it is an ending.
    let beforeHands: @Sendable () async throws -> Void

    /// What came of it, in the words of a verdict.
    struct Followed {
        var steps: [Verdict.Step]
        /// What each step wrote to standard output.
        var printed: [String]
        var humanMinutes: Double
        var ending: DrillEnding?
    }

    func follow() async throws -> Followed {
        let desk = try OperatorDesk(lab)
        let human: SimulatedHuman
        do {
            human = try SimulatedHuman(
                table: plan.human, secrets: lab.vault.safe.secrets, slip: { plan.slips[$0] ?? $1 })
        } catch {
            throw DrillEnding.unproven("\(error)")
        }
        let (hands, beforeHands) = (HumanHands(sandbox: lab.sandbox), beforeHands)
        let unwritten = Mutex<(any Error)?>(nil)
        let ended = Mutex<DrillEnding?>(nil)
        let outcome = try await OperatorShell.with(try desk.launch(in: lab.sandbox.namespace)) { shell in
            await SectionFollower.follow(
                section, in: shell, human: human, bindings: plan.bindings,
                stepDeadline: plan.stepDeadline,
                errands: { errand in
                    do {
                        if errand.isAtTheMachines { try await beforeHands() }
                        return try await hands.run(errand)
                    } catch {
                        ended.withLock { $0 = Self.ending(ofHands: error) }
                        throw error
                    }
                }
            ) { event in
                do { try journal.record(JournalEntry(event)) } catch {
                    unwritten.withLock { $0 = $0 ?? error }
                }
                if case .stepStarted(let line, _, let item, _) = event {
                    plan.say("\(plan.caseName): \(plan.section.file):\(line) \(item.prefix(80))")
                }
            }
        }
        if let error = unwritten.withLock({ $0 }) {
            throw DrillEnding.unproven("a step could not be entered in the journal: \(error)")
        }
        return Followed(
            steps: outcome.steps.map(Verdict.Step.init), printed: outcome.steps.map(\.stdout),
            humanMinutes: outcome.humanMinutes,
            ending: ended.withLock(\.self) ?? Self.ending(of: outcome))
    }

    /// The ending where the hands failed for a reason of the harness or the host; nil where the runbook may be to blame: it
    /// sent them to do what cannot be done, or left a machine in a state in which it does not boot.
    private static func ending(ofHands error: any Error) -> DrillEnding? {
        switch error {
        case let ending as DrillEnding: ending
        case let error as MachineError where error.lastSeen == MachineError.noDisk: nil
        case let error as ControlError where error.kind == .timedOut: nil
        case is MachineError, is ControlError, is WaitError, is BoundaryError:
            .unproven("the hands at the machines could not do their part: \(error)")
        default: nil
        }
    }

    private static func ending(of outcome: SectionOutcome) -> DrillEnding? {
        guard let message = outcome.message else { return nil }
        return switch outcome.end {
        case .followed: nil
        case .failed, .notRun: .failed(message)
        case .unplayed: .unproven(message)
        case .interrupted(let line): .unproven("\(Verdict.wasCutOff) at \(outcome.file):\(line)")
        }
    }
}

extension Verdict.Step {
    fileprivate init(_ record: StepRecord) {
        self.init(
            line: record.line, role: StepRole(record.role), command: record.command,
            exit: record.exit.map(Int.init), seconds: record.seconds)
    }
}

extension StepRole {
    fileprivate init(_ role: Role) {
        self =
            switch role {
            case .agent: .agent
            case .human: .human
            }
    }
}

extension JournalEntry {
    fileprivate init(_ event: SectionEvent) {
        self =
            switch event {
            case .stepStarted(let line, let role, _, let command):
                .stepStarted(.init(line: line, role: StepRole(role), command: command))
            case .humanAnswered(let line, let prompt, let secret):
                .humanAnswered(.init(line: line, prompt: prompt, gave: secret))
            case .errandRun(let line, let saw, let did):
                .humanAnswered(.init(line: line, prompt: saw, gave: did))
            case .stepFinished(let record):
                .stepFinished(
                    .init(
                        line: record.line, role: StepRole(record.role), command: record.command,
                        stdout: record.stdout, stderr: record.stderr, exit: record.exit.map(Int.init),
                        seconds: record.seconds, truncated: record.omittedBytes > 0))
            }
    }
}
