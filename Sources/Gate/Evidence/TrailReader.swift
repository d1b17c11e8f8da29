import Evidence
import Foundation

/// Takes verdicts for the gate from a trail of evidence, checked offline.
struct TrailReader {
    let repository: Repository

    /// The verdicts of drills in a trail, in its order, and what is wrong with it; none where there is no trail yet.
    func read(
        _ root: URL, trusting keys: Set<PublicKey>, against head: ChainHead?
    ) throws(GateError) -> (verdicts: [ProvenVerdict], troubles: [String]) {
        let trail: EvidenceTrail
        do {
            trail = try EvidenceTrail(verifying: root, against: head, trusting: keys)
        } catch let error as EvidenceError where error.code == .noTrail {
            return ([], head == nil ? [] : ["there is a trusted head, and no evidence"])
        } catch {
            throw GateError("the evidence cannot be read: \(error)")
        }
        var materials: [String: [Material: String]?] = [:]
        var verdicts: [ProvenVerdict] = []
        for one in trail.cases where one.entry.shelf == .verdicts {
            var proven = verdict(of: one)
            let key = "\(proven.commit) \(proven.profile)"
            if materials[key] == nil {
                materials[key] = try? repository.materials(
                    at: repository.commit(proven.commit), profile: proven.profile)
            }
            if var known = materials[key] ?? nil {
                for material in Material.allCases {
                    if let subject = material.subject { known[material] = one.statement.digest(of: subject) }
                }
                proven.materials = known
            }
            verdicts.append(proven)
        }
        return (verdicts, trail.troubles.map(\.description))
    }

    private func verdict(of one: TrailCase) -> ProvenVerdict {
        let verdict = one.verdict
        let run = one.entry.folder.split(separator: "/").first.map(String.init) ?? "?"
        var proven = ProvenVerdict(
            run: run, profile: one.entry.profile, drill: one.entry.drill, case: one.entry.case)
        proven.result = verdict.result
        proven.reason = verdict.reason
        proven.faultKind = verdict.fault?.kind
        proven.faultConfirmed = verdict.fault?.confirmed ?? false
        proven.commit = one.statement.digest(of: .commit) ?? "unknown"
        proven.dirty = one.entry.dirty
        proven.isTrusted = one.isTrusted
        proven.signer = one.signer?.id
        proven.substitutions = verdict.sandbox.substitutions
        proven.finished = verdict.finished?.date
        proven.drift = one.run?.observed.filter { $0.comparison == .drift }.map(\.component) ?? []
        proven.wallTrouble = Self.wallTrouble(one.run, verdict)
        return proven
    }

    private static func wallTrouble(_ run: RunRecord?, _ verdict: Verdict) -> String? {
        guard let run else { return "the wall was not proven: its record is gone" }
        if run.wallLowered || verdict.sandbox.wallLowered == true { return "the wall was lowered on purpose" }
        guard !run.boundary.isEmpty else { return "the wall was not proven" }
        return run.boundary.first { !$0.ok }.map { "the wall did not hold: \($0.check): \($0.seen)" }
    }
}
