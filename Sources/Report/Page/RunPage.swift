import Evidence
import Foundation

/// What one run took place in, as the template wants it.
struct RunPage {
    /// A fact with its name.
    struct Fact {
        let key: String
        let value: String
    }
    /// A part of prod that something stood in for.
    struct StandIn: Equatable {
        let component: String
        let standIn: String
        let because: String
        let cannotShow: [String]
    }
    /// One look at the wall.
    struct Look {
        let check: String
        let held: String
        let lookKind: String
        let seen: String
        let seconds: String
    }

    let runName: String
    let runTrouble: String?
    let facts: [Fact]
    let standIns: [StandIn]
    let standInSummary: String
    /// The earlier run whose stand-ins these are too: a reader of a whole game day need not look for differences.
    let sameAsIn: String?
    let drifts: [Fact]
    let looks: [Look]
    let wall: String
    let wallKind: String

    init(_ run: RunEvidence, after earlier: [RunPage] = []) {
        runName = run.name
        runTrouble = run.trouble
        let record = run.record
        // A run that opened and was cut off has no record of stand-ins yet; its verdicts may.
        let found =
            record?.substitutions.isEmpty == false
            ? record?.substitutions ?? []
            : run.cases.first { !$0.verdict.sandbox.substitutions.isEmpty }?.verdict.sandbox.substitutions
                ?? []
        let standIns = found.map {
            StandIn(
                component: $0.component, standIn: $0.standIn ?? "nothing", because: $0.reason,
                cannotShow: $0.cannotShow)
        }
        self.standIns = standIns
        sameAsIn = found.isEmpty ? nil : earlier.first { $0.standIns == standIns }?.runName
        standInSummary =
            found.isEmpty
            ? "No stand-ins were recorded: do not take that for a faithful lab."
            : "\(found.count) parts of prod are stood in for or absent. A verdict says nothing of what a stand-in cannot show."
        drifts = (record?.observed ?? []).filter { $0.comparison == .drift }.map {
            Fact(
                key: $0.component,
                value: "declared \($0.expected ?? "nothing"), seen \($0.observed ?? "nothing")")
        }
        looks = (record?.boundary ?? []).map {
            Look(
                check: $0.check, held: $0.ok ? "held" : "broken", lookKind: $0.ok ? "passed" : "failed",
                seen: $0.seen,
                seconds: HumanDuration.text(seconds: $0.seconds))
        }
        (wall, wallKind) = Self.wall(record)
        facts = Self.facts(record)
    }

    private static func wall(_ record: RunRecord?) -> (String, String) {
        guard let record, !record.boundary.isEmpty else {
            return (
                "The wall was not proven in this run: nothing shows that prod could not be reached.",
                "unproven"
            )
        }
        let broken = record.boundary.count { !$0.ok }
        if broken > 0 {
            return (
                "The wall did not hold: \(broken) of \(record.boundary.count) looks got through.", "failed"
            )
        }
        if record.wallLowered { return ("Somebody lowered the wall on purpose for this run.", "failed") }
        return (
            "The wall held: of \(record.boundary.count) looks at it, none got through.",
            "passed"
        )
    }

    private static func facts(_ record: RunRecord?) -> [Fact] {
        guard let record else { return [] }
        let host = record.host
        var facts = [
            Fact(key: "Began", value: ReportWords.moment(record.started)),
            Fact(key: "Profile", value: record.profile ?? "not known"),
            Fact(key: "Commit", value: ReportWords.commit(record.commit, dirty: record.dirty)),
            Fact(
                key: "Host",
                value: "\(host.system), \(host.kernel), \(host.architecture), \(host.cores) cores, "
                    + "\(host.memoryBytes >> 30) GiB"),
            Fact(
                key: "Machines",
                value: "\(record.provider ?? "not known"), \(record.accelerator?.name ?? "not known")"),
        ]
        if let reason = record.accelerator?.reason { facts.append(Fact(key: "Acceleration", value: reason)) }
        let digests = [
            ("runbook", record.digests.runbook), ("plays", record.digests.plays),
            ("parity", record.digests.parity),
            ("image", record.digests.image), ("checkpoint", record.digests.checkpoint),
        ]
        facts += digests.compactMap { name, digest in
            digest.map { Fact(key: "SHA-256 of \(name)", value: String($0.prefix(16)) + "\u{2026}") }
        }
        return facts
    }
}

/// Words that several pages share.
enum ReportWords {
    /// A moment to the minute, in UTC.
    static func moment(_ moment: Timestamp) -> String {
        moment.description.prefix(16).replacing("T", with: " ") + " UTC"
    }

    /// A commit, and whether the checkout was it.
    static func commit(_ commit: String?, dirty: Bool?) -> String {
        guard let commit, commit != "unknown" else { return "not known" }
        let state =
            switch dirty {
            case true?: ", with changes on top that no commit holds"
            case false?: ", clean"
            case nil: ""
            }
        return commit.prefix(12) + state
    }
}
