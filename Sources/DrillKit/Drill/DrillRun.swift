import Boundary
public import Evidence
import Foundation
public import Machines
import Operator
import Runbooks

extension Drill {
    /// Takes one case through a drill and writes its verdict, whatever happens on the way.
    ///
    /// `body` calls the drill's methods in their order. The verdict of a case that was cut off is there from
    /// the start, as unproven; what is written here replaces it. One whose draft was refused is unproven, and nothing is done.
    public static func run(
        _ plan: DrillPlan, on sandbox: Sandbox, draft: VerdictDraft, in run: EvidenceRun,
        _ body: @Sendable (Drill) async throws -> Void
    ) async throws -> (verdict: Verdict, evidence: EvidenceCase) {
        let lab = try Lab(sandbox)
        var verdict = draft.verdict
        verdict.drill = plan.drill
        verdict.case = plan.caseName
        verdict.section = .init(
            title: plan.section.title, line: plan.section.line, sha256: plan.section.sha256)
        verdict.mapRowSHA256 = plan.row.sha256
        verdict.drillSHA256 = plan.drillSHA256
        verdict.budgetSeconds = plan.row.recoveryBudget.seconds
        let secrets = try SafeKeeping(folder: sandbox.safe).secrets()
        let evidence = try run.beginCase(verdict, redactor: Redactor(secrets))
        let drill = try Drill(lab: lab, plan: plan, evidence: evidence, verdict: verdict)
        let ending: (any Error)?
        do {
            if let refusal = draft.refusal { throw refusal }
            try await body(drill)
            ending = nil
        } catch {
            ending = error
        }
        await drill.clients.end()
        // What fails while the lab is torn down under it says nothing of the runbook.
        let isCutOff = ending != nil && OpenSandboxes.areClosing
        verdict = await drill.judge(isCutOff ? CancellationError() : ending)
        try evidence.finish(verdict)
        return (verdict, evidence)
    }

    /// The verdict after the last line of the drill, or after the error that ended it earlier.
    private func judge(_ ending: (any Error)?) -> Verdict {
        var verdict = verdict
        (verdict.result, verdict.reason) = Self.result(ending)
        if verdict.result == .passed, let concession = verdict.concession {
            verdict.reason = "the section brought the lab back; \(concession)"
        }
        if verdict.result == .passed, let forgotten {
            verdict.result = .unproven
            verdict.reason = "the drill ended without \(forgotten)"
        }
        return verdict
    }

    /// The first line that the drill forgot: one that did must not pass.
    private var forgotten: String? {
        if verdict.fault?.confirmed != true { return "confirming its fault" }
        if !isFollowed { return "following its section" }
        if verdict.recoverySeconds == nil { return "waiting until the lab was whole" }
        return isLedgerSound ? nil : "checking its ledger"
    }

    private static func result(_ ending: (any Error)?) -> (Verdict.Result, String) {
        switch ending {
        case nil: (.passed, "the section brought the lab back, and nothing was lost")
        case DrillEnding.failed(let reason)?: (.failed, reason)
        case DrillEnding.unproven(let reason)?: (.unproven, reason)
        case let error as GivenUp: (.failed, "\(error)")
        case is CancellationError?: (.unproven, Verdict.wasCutOff)
        case .some(let error): (.unproven, "\(error)")
        }
    }
}
