public import DrillKit
public import Evidence
import Foundation
import Machines
public import Testing

/// Takes one case of a drill through a freshly restored lab and records its verdict as the test's result.
///
/// The body calls the drill's lines in their order. Verdict and journal are attached to the test and written
/// to `evidence/`. Anything but a passed verdict fails the test with the verdict's reason.
@discardableResult
public func drill(
    _ name: String, case caseName: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @Sendable (Drill) async throws -> Void
) async throws -> Verdict.Result {
    let verdict = try await take(name, case: caseName, into: .verdicts, body)
    if verdict.result != .passed {
        Issue.record("\(verdict.result.rawValue): \(verdict.reason)", sourceLocation: sourceLocation)
    }
    return verdict.result
}

/// Takes a drill with something changed about it through the lab: for controls, which expect no pass.
///
/// Any verdict is an answer. Its evidence lies apart, under `controls/`: a control says something of the drill, not of the runbook.
public func rehearse(
    _ name: String, case caseName: String, control: String, adjust: (inout DrillPlan) -> Void,
    _ body: @Sendable (Drill) async throws -> Void
) async throws -> Verdict {
    try await take(
        name, case: "\(caseName) - \(control)", of: caseName, into: .controls, adjust: adjust, body)
}

private func take(
    _ name: String, case label: String, of caseName: String? = nil, into shelf: EvidenceShelf,
    adjust: (inout DrillPlan) -> Void = { _ in }, _ body: @Sendable (Drill) async throws -> Void
) async throws -> Verdict {
    let bench = try LabBench.ofThisTest()
    var plan = try bench.workshop.plan(drill: name, case: caseName ?? label)
    plan.caseName = label
    plan.say = Workshop.sayOnStandardError
    adjust(&plan)
    let sandbox = try await bench.workshop.builder.restore(bench.checkpoint, purpose: "\(name): \(label)")
    return try await sandbox.closing { sandbox in
        let current = CurrentRun.on(shelf)
        let draft = try await current.draft(in: bench.workshop, from: bench.checkpoint, proving: sandbox)
        let (verdict, evidence) = try await Drill.run(
            plan, on: sandbox, draft: draft,
            in: current.run(in: bench.workshop, from: bench.checkpoint), body)
        try attach(evidence)
        if shelf == .verdicts, verdict.result != .passed {
            await Hold.ifAsked(sandbox, because: verdict.reason)
        }
        return verdict
    }
}

/// Attaches the case's verdict and journal to the running test.
private func attach(_ evidence: EvidenceCase) throws {
    let ledger = evidence.folder.appending(path: CaseFiles.ledger)
    let files = FileManager.default.fileExists(atPath: ledger.path) ? [ledger] : []
    for file in [evidence.verdictFile, evidence.journal.url] + files {
        let name = "\(evidence.folder.lastPathComponent)-\(file.lastPathComponent)"
        Attachment.record(Array(try Data(contentsOf: file)), named: name)
    }
}
