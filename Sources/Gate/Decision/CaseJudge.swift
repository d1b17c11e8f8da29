import Evidence
import Foundation
import Runbooks

/// Looks for a verdict that counts for a case of a drill.
struct CaseJudge {
    let law: Law
    /// In the order of their chain, which no clock of a host can turn.
    let verdicts: [ProvenVerdict]
    /// What the change holds, by profile and section's title.
    let materials: @Sendable (RecoveryMap.Row) -> [Material: String]
    let requiresSignature: Bool
    let now: Date

    /// Why none counts; empty where one does.
    ///
    /// Of those that are signed as required, of a clean tree and of these very materials, the newest counts: a later
    /// failure takes an earlier pass away.
    func obstacles(_ row: RecoveryMap.Row, _ name: String, for classes: Set<ChangeClass>) -> [Obstacle] {
        let own = Array(
            verdicts.filter { $0.profile == row.profile && $0.drill == row.drill && $0.case == name }
                .reversed())
        guard let newest = own.first else {
            return [.drill("there is no passed verdict: it was never drilled")]
        }
        let signed = requiresSignature ? own.filter(\.isTrusted) : own
        guard let newestSigned = signed.first else {
            let who = newest.signer.map { "key \($0.prefix(16)), which is not trusted" } ?? "nobody"
            return [
                Obstacle(
                    words: "its evidence needs a trusted key to sign it, and was signed by \(who)",
                    remedy: .sign)
            ]
        }
        let clean = signed.filter { !$0.dirty }
        guard let newestClean = clean.first else {
            return [.drill("run \(newestSigned.run) was of a dirty tree: nobody can tell what was drilled")]
        }
        let known = clean.filter { $0.materials != nil }
        guard let newestKnown = known.first else {
            return [
                Obstacle(
                    words: "run \(newestClean.run) was at commit \(newestClean.commit.prefix(12)), "
                        + "which is not in this repository", remedy: .fetch)
            ]
        }
        let wanted = materials(row)
        guard let found = known.first(where: { $0.materials == wanted }) else {
            let differing = Material.allCases.filter { wanted[$0] != newestKnown.materials?[$0] }
            let names = differing.map(\.inWords).joined(separator: ", ")
            return [.drill("since run \(newestKnown.run) other: \(names)")]
        }
        guard found.result == .passed else {
            let what = found.result == .failed ? "failed" : "is unproven"
            return [.drill("run \(found.run) \(what): \(found.reason)")]
        }
        return faults(of: found) + unfaithfulness(of: found, row, for: classes)
    }

    /// What keeps a verdict that passed from counting, whatever the class.
    private func faults(of verdict: ProvenVerdict) -> [Obstacle] {
        let run = "run \(verdict.run)"
        var words: [String] = []
        if !verdict.faultConfirmed { words.append("\(run): its fault was never confirmed") }
        if let trouble = verdict.wallTrouble { words.append("\(run): \(trouble)") }
        if !verdict.drift.isEmpty {
            words.append("\(run): not as declared: \(verdict.drift.joined(separator: ", "))")
        }
        // One that passed has ended; nobody knows when without this, so it is as old as can be.
        let age = now.timeIntervalSince(verdict.finished ?? .distantPast) / 86_400
        if age > Double(law.policy.maxAgeDays) {
            words.append("\(run) is \(Int(age)) days old, and the policy takes \(law.policy.maxAgeDays)")
        }
        if age < -1.0 / 24 { words.append("\(run) ended in the future") }
        return words.map(Obstacle.drill)
    }

    /// What keeps the lab from being faithful for these classes and this fault.
    private func unfaithfulness(
        of verdict: ProvenVerdict, _ row: RecoveryMap.Row, for classes: Set<ChangeClass>
    ) -> [Obstacle] {
        let named = Set(verdict.substitutions.map(\.component))
        let silent = (law.standIns[row.profile]?.components ?? []).filter { part in
            part.kind != .same && !classes.isDisjoint(with: part.changeClasses)
                && !named.contains(part.component)
        }.map { part in
            Obstacle.drill("run \(verdict.run) does not say what stood in for \(part.component)")
        }
        return silent
            + verdict.substitutions.flatMap { substitution -> [Obstacle] in
                guard let part = law.standIns[row.profile]?.component(substitution.component) else {
                    let words = "\(substitution.words), which parity.yml does not declare"
                    return [.init(words: words, remedy: .faithfulness)]
                }
                return classes.intersection(part.changeClasses).intersection(row.changeClasses).sorted()
                    .compactMap { obstacle(substitution, as: part, of: verdict, for: $0) }
            }
    }

    /// Why a stand-in does not count for a class of changes; nil where somebody answers for it.
    private func obstacle(
        _ substitution: Substitution, as part: StandIns.Component, of verdict: ProvenVerdict,
        for changeClass: ChangeClass
    ) -> Obstacle? {
        let fault = verdict.faultKind ?? "?"
        if part.cannotRepresent.contains(where: { Glob.matches($0, fault) }) {
            return .init(
                words: "\(substitution.words), and cannot represent \"\(fault)\" for class \(changeClass)",
                remedy: .faithfulness)
        }
        let grants = law.policy.grants.filter {
            $0.component == substitution.component && $0.classes.contains(changeClass)
                && $0.covers(substitution.standIn)
        }
        if grants.contains(where: { $0.expires >= Day(now) }) { return nil }
        let ended = grants.first.map { "; what \(Law.policyFile) granted ended on \($0.expires)" } ?? ""
        return .init(
            words: "\(substitution.words), which does not count for class \(changeClass)\(ended)",
            remedy: .faithfulness)
    }
}

extension Substitution {
    /// What is in whose place.
    fileprivate var words: String {
        standIn.map { "\($0) stands in for \(component)" } ?? "nothing stands in for \(component)"
    }
}

extension Policy.Grant {
    fileprivate func covers(_ standIn: String?) -> Bool {
        guard let named = self.standIn, let standIn else { return self.standIn == nil && standIn == nil }
        return standIn == named || standIn.hasPrefix(named + " ")
    }
}

extension Material {
    var inWords: String {
        switch self {
        case .section: "the section's text"
        case .mapRow: "the map's row"
        case .plays: "plays"
        case .image: "image"
        case .parity: "parity manifest"
        case .drill: "drill"
        case .harness: "harness"
        }
    }
}

extension Set<ChangeClass> {
    /// In the order in which the classes are declared.
    func sorted() -> [ChangeClass] { ChangeClass.allCases.filter(contains) }
}
