import Evidence
import Foundation

/// What came of checking a trail, for a person and for a program.
struct TrailReport {
    let trail: EvidenceTrail

    init(_ trail: EvidenceTrail) { self.trail = trail }

    /// Whether nothing is wrong and, where keys are named, everything is signed by one of them.
    var isVerified: Bool { trail.isSound && (trail.trustedKeys.isEmpty || trusted == trail.entries) }

    /// How many entries a trusted key signed.
    private var trusted: Int { trail.trustedKeys.map { trail.signers[$0] ?? 0 }.reduce(0, +) }
    private var signed: Int { trail.signers.values.reduce(0, +) }

    /// A few lines for a person; what is wrong comes last.
    var text: String {
        let counts = Verdict.Result.allCases.map { result in
            "\(trail.cases.count { $0.verdict.result == result }) \(result.rawValue)"
        }
        let cutOff = trail.cases.count(where: \.isCutOff)
        var lines = [
            "\(counted(trail.entries, "entry", "entries")) of \(counted(trail.cases.count, "case", "cases")): \(counts.joined(separator: ", "))"
                + (cutOff > 0 ? ", of which \(cutOff) cut off" : "")
        ]
        lines += trail.signers.sorted { $0.key.id < $1.key.id }.map { key, count in
            "signed by \(key): \(counted(count, "entry", "entries"))"
                + (trail.trustedKeys.contains(key) ? ", trusted" : "")
        }
        lines += trail.notes.map { "note: \($0)" }
        lines += trail.limits.map { "not excluded: \($0)" }
        lines += complaints.map { "wrong: \($0)" }
        lines.append(isVerified ? "verified" : "not verified")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Everything that is wrong, in words.
    private var complaints: [String] {
        let untrusted = trail.entries - trusted
        guard !trail.trustedKeys.isEmpty, untrusted > 0 else { return trail.troubles.map(\.description) }
        return trail.troubles.map(\.description) + [
            "not signed by a trusted key: \(counted(untrusted, "entry", "entries"))"
        ]
    }

    /// The same as one JSON object.
    func json() throws -> String {
        let cases = trail.cases.map { one in
            Fields.Case(
                folder: one.entry.folder, profile: one.entry.profile, drill: one.entry.drill,
                case: one.entry.case, verdict: one.verdict.result, reason: one.verdict.reason,
                cutOff: one.isCutOff, signer: one.signer?.id, trusted: one.isTrusted)
        }
        let fields = Fields(
            verified: isVerified, entries: trail.entries, signed: signed, trusted: trusted, head: trail.head,
            cases: cases, notes: trail.notes, notExcluded: trail.limits, wrong: complaints)
        return try EvidenceJSON.text(fields)
    }

    private struct Fields: Encodable {
        struct Case: Encodable {
            var folder: String
            var profile: String
            var drill: String
            var `case`: String
            var verdict: Verdict.Result
            var reason: String
            var cutOff: Bool
            /// Absent where nobody signed.
            var signer: String?
            var trusted: Bool
        }

        var verified: Bool
        var entries: Int
        var signed: Int
        var trusted: Int
        /// Absent without an entry.
        var head: ChainHead?
        var cases: [Case]
        var notes: [String]
        var notExcluded: [String]
        var wrong: [String]
    }
}
