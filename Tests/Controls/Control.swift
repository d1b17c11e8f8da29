import DrillKit
import DrillTesting
import Evidence
import Foundation
import Runbooks
import Testing

/// One case of a drill, to be taken through the lab with something changed about it.
struct Control: CustomTestStringConvertible, Sendable {
    let experiment: Experiment
    /// The case's name.
    let name: String

    var testDescription: String { "\(experiment.name): \(name)" }

    /// The drill's own way on the case, with the plan or the fault changed.
    ///
    /// Clients write before the fault as long as in the drill, or for `history`: what is lost of a shorter one is conceded.
    /// Where `nothing` is done about it the section is empty, so that no step can report a loss either, nor a fault strike
    /// again in its middle.
    func verdict(
        _ label: String, history: Duration? = nil, nothing: Bool = false,
        adjust: (inout DrillPlan) -> Void = { _ in },
        fault change: (any Fault) -> any Fault = { $0 }
    ) async throws -> Verdict {
        var one = try experiment.one(matching: name)
        let fault = change(one.fault)
        if nothing { (one.history, one.relapse, one.report) = (.zero, nil, nil) }
        one.history = history ?? one.history
        return try await rehearse(experiment.name, case: one.name, control: label) { plan in
            if nothing {
                plan.section = plan.section.emptied
                if staysBroken { plan.settleDeadline = .seconds(30) }
            }
            adjust(&plan)
        } _: { [one] drill in
            try await drill.steadyState(of: one)
            try await drill.inject(fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }

    /// Whether a machine is dark or a node sealed, which nothing changes by itself: nobody waits as long for it as a drill does.
    private var staysBroken: Bool {
        let drills: [Experiment] = [.vaultSeal, .nodeKill, .nodeLoss, .powerCut, .totalLoss]
        return drills.contains { $0.name == experiment.name }
    }

    /// The verdict of the section without one of its steps.
    func verdict(without removal: Removal) async throws -> Verdict {
        try await verdict("without line \(removal.step.line)") { plan in
            plan.section = plan.section.removing(step: removal.step)
        }
    }

    /// Follows the section without one of its steps: it fails, or passes where the step is one of those that may go.
    func fails(
        without removal: Removal, butFor mayGo: [String: String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let verdict = try await verdict(without: removal)
        if removal.isAmong(mayGo) {
            #expect(verdict.result == .passed, "\(verdict.reason)", sourceLocation: sourceLocation)
        } else {
            expectFailure(verdict, after: removal, sourceLocation)
        }
    }

    /// The verdict of the section without the step that holds some words: this case needs it, and fails.
    @discardableResult
    func fails(
        without words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Verdict {
        let removal = try removal(of: words)
        let verdict = try await verdict(without: removal)
        expectFailure(verdict, after: removal, sourceLocation)
        return verdict
    }

    /// The missing step must be able to be the reason: no step before it failed, nor was it only the time.
    private func expectFailure(_ verdict: Verdict, after removal: Removal, _ sourceLocation: SourceLocation) {
        #expect(verdict.result == .failed, "\(verdict.reason)", sourceLocation: sourceLocation)
        #expect(
            !verdict.reason.contains("the budget is"), "\(verdict.reason)", sourceLocation: sourceLocation)
        guard let line = verdict.failedLine else { return }
        #expect(line > removal.step.line, "\(verdict.reason)", sourceLocation: sourceLocation)
    }

    /// The first step whose item holds some words.
    func removal(of words: String) throws -> Removal {
        try #require(removals.first { $0.step.item.contains(words) })
    }

    /// Every step of the section; none where the runbook cannot be read, which the tests then say.
    var removals: [Removal] {
        let plan = try? Workshop().plan(drill: experiment.name, case: name)
        return (plan?.section.steps ?? []).map(Removal.init)
    }

    /// The steps that are to be removed in turn: all of them, or those whose item holds the words of STEP.
    var inTurn: [Removal] {
        let words = ProcessInfo.processInfo.environment["STEP"] ?? ""
        return words.isEmpty ? removals : removals.filter { $0.step.item.contains(words) }
    }
}

extension Verdict {
    /// The runbook's line at which the section failed; nil where it came to its end.
    var failedLine: Int? { reason.firstMatch(of: #/^[^:]*\.md:([0-9]+): /#).flatMap { Int($0.1) } }
}

/// One step of a section, to be left out.
struct Removal: CustomTestStringConvertible, Sendable {
    let step: Step

    var testDescription: String { "without line \(step.line): \(step.item.prefix(60))" }

    /// Whether the step is one of those that may go; the reasons stand beside their beginnings.
    func isAmong(_ reasons: [String: String]) -> Bool {
        reasons.keys.contains { step.item.contains($0) }
    }
}
