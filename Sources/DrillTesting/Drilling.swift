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
    adjust: (inout DrillPlan) -> Void = { _ in }, _ body: @Sendable (Drill) async throws -> Void
) async throws -> Verdict.Result {
    let verdict = try await rehearse(name, case: caseName, adjust: adjust, body)
    if verdict.result != .passed {
        Issue.record("\(verdict.result.rawValue): \(verdict.reason)", sourceLocation: sourceLocation)
    }
    return verdict.result
}

/// As ``drill(_:case:sourceLocation:adjust:_:)``, but any verdict is an answer: for controls, which expect
/// that a drill does not pass.
public func rehearse(
    _ name: String, case caseName: String, adjust: (inout DrillPlan) -> Void = { _ in },
    _ body: @Sendable (Drill) async throws -> Void
) async throws -> Verdict {
    guard let bench = try LabBench.current?.get() else {
        throw DrillError("\(name) has no lab", next: "give its suite the trait .lab()")
    }
    let run = try await RunBook.shared.run(of: bench)
    var plan = try bench.workshop.plan(drill: name, case: caseName)
    adjust(&plan)
    let sandbox = try await bench.workshop.builder.restore(bench.checkpoint, purpose: "\(name) \(caseName)")
    do {
        let draft = try await RunBook.shared.draft(of: bench, proving: sandbox)
        let (verdict, evidence) = try await Drill.run(plan, on: sandbox, draft: draft, in: run, body)
        try attach(evidence)
        if verdict.result != .passed { await Hold.ifAsked(sandbox, because: verdict.reason) }
        await sandbox.close()
        return verdict
    } catch {
        await sandbox.close()
        throw error
    }
}

/// Attaches the case's verdict and journal to the running test.
private func attach(_ evidence: EvidenceCase) throws {
    for file in [evidence.verdictFile, evidence.journal.url] {
        Attachment.record(
            Array(try Data(contentsOf: file)), named: "\(evidence.folder.lastPathComponent)-\(file.lastPathComponent)")
    }
}
