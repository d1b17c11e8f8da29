import Evidence
import Foundation

/// One case as the template wants it: words, ready but for escaping, and drawings.
struct CasePage {
    let anchor: String
    let name: String
    let verdict: String
    /// Whether a later attempt at it counts in its place.
    let isRepeated: Bool
    let reason: String
    let failing: String?
    let failingTarget: String
    let section: String
    let fault: String
    let took: String
    let outages: [OutageCell]
    let outageShort: String
    let recovery: String
    let budget: String
    let loss: String
    let lossDetail: [LossRow]
    let hasLossDetail: Bool
    let bar: BarPart?
    let timeline: TimelinePage?
    let transcript: TranscriptPage?
    let troubles: [String]

    /// One store's outage.
    struct OutageCell {
        let store: String
        let outage: String
        let kind: String
    }
    /// One store that lost what its backups concede.
    struct LossRow {
        let lossStore: String
        let lostWrites: String
        let point: String
        let conceded: String
    }
    /// The bar of recovery against budget.
    struct BarPart {
        let barDrawing: String
        let barWords: String
        let hasDeclared: Bool
    }

    init(_ one: CaseEvidence, number: Int, isRepeated: Bool = false) {
        let verdict = one.verdict
        let timeline = Timeline(of: one)
        let steps = timeline?.steps ?? []
        let point = FailingPoint(of: one, steps: steps)
        anchor = "case-\(number)"
        name = "\(verdict.drill) / \(verdict.case)"
        self.verdict = verdict.result.rawValue
        self.isRepeated = isRepeated
        reason = verdict.reason
        failing = point?.words
        failingTarget = point?.step.map { "case-\(number)-step-\($0 + 1)" } ?? "case-\(number)"
        section = verdict.section.map { "\u{201C}\($0.title)\u{201D}, line \($0.line)" } ?? "not known"
        fault = Self.fault(verdict.fault)
        took =
            verdict.finished.map { HumanDuration.text(seconds: $0.seconds(since: verdict.started)) }
            ?? "cut off"
        outages = verdict.outageSeconds.sorted { $0.key < $1.key }.map { store, seconds in
            let text = seconds.map { $0 == 0 ? "none" : HumanDuration.text(seconds: $0) } ?? "not back"
            return OutageCell(store: store, outage: text, kind: seconds == nil ? "bad" : "")
        }
        outageShort = Self.short(verdict.outageSeconds)
        recovery = verdict.recoverySeconds.map { HumanDuration.text(seconds: $0) } ?? "never whole again"
        budget = verdict.budgetSeconds.map { HumanDuration.text(seconds: $0) } ?? "not known"
        loss = Self.loss(verdict.ledger)
        lossDetail = Set(verdict.ledger.recoveryPointSeconds.keys).union(verdict.ledger.concededSeconds.keys)
            .sorted()
            .map { store in
                let words = { (seconds: Double?) in seconds.map { HumanDuration.text(seconds: $0) } }
                return LossRow(
                    lossStore: store, lostWrites: verdict.ledger.lostWrites?[store] ?? "none",
                    point: words(verdict.ledger.recoveryPointSeconds[store]) ?? "nothing",
                    conceded: words(verdict.ledger.concededSeconds[store]) ?? "nothing")
            }
        hasLossDetail = !lossDetail.isEmpty
        bar = verdict.recoverySeconds.map { seconds in
            let declared = one.declaredSeconds ?? 0
            let bar = BudgetBar(recovery: seconds, declared: declared, budget: verdict.budgetSeconds)
            return BarPart(
                barDrawing: bar.svg(prefix: "case-\(number)"), barWords: bar.words, hasDeclared: declared > 0)
        }
        self.timeline = timeline.map {
            TimelinePage($0, failing: point, of: verdict, prefix: "case-\(number)")
        }
        transcript = steps.isEmpty ? nil : TranscriptPage(steps, failing: point, prefix: "case-\(number)")
        troubles = one.troubles
    }

    private static func fault(_ fault: Verdict.Fault?) -> String {
        guard let fault else { return "none was injected" }
        let seen = fault.seen.map { ": \($0)" } ?? ""
        return "\(fault.kind) on \(fault.target), \(fault.confirmed ? "confirmed" : "not confirmed")\(seen)"
    }

    /// The worst outage, and whose it was.
    private static func short(_ outages: [String: Double?]) -> String {
        let gone = outages.filter { $0.value == nil }.keys.sorted()
        if !gone.isEmpty { return "\(gone.joined(separator: ", ")) not back" }
        guard let worst = outages.max(by: { ($0.value ?? 0, $1.key) < ($1.value ?? 0, $0.key) }),
            let seconds = worst.value
        else { return "not measured" }
        return seconds == 0 ? "none" : "\(worst.key) \(HumanDuration.text(seconds: seconds))"
    }

    private static func loss(_ ledger: Verdict.Ledger) -> String {
        guard let lost = ledger.lost else { return "not read back" }
        let conceded = ledger.conceded > 0 ? ", \(ledger.conceded) of them conceded" : ""
        return "\(lost) of \(ledger.acknowledged)\(conceded)"
    }
}
