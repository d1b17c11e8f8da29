import Evidence
import Ledger

/// One case on one clock: what happened when, in seconds since its journal began.
struct Timeline {
    /// Something that happened at one moment.
    struct Moment: Equatable {
        var name: String
        var at: Double
        var detail: String
    }

    /// One store's writes, by the moment at which each was answered.
    struct Lane {
        var store: String
        var acknowledged: [Double]
        var refused: [Double]
        var unknown: [Double]
        /// From the fault to the first acknowledged write after the last refused one; nil where there was none.
        var outage: ClosedRange<Double>?
        /// Whether it was still out at the end.
        var isOutForGood: Bool
    }

    let moments: [Moment]
    let steps: [StepSpan]
    let lanes: [Lane]
    /// The last second of which anything is known.
    let end: Double

    /// Reads a case's evidence; nil where it tells of nothing.
    init?(of one: CaseEvidence) {
        let last = one.events.last?.at ?? 0
        let written = one.writes.values.flatMap(\.writes).map(\.ended).max() ?? 0
        guard last > 0 || written > 0 else { return nil }
        end = max(last, written)
        moments = one.events.compactMap(Self.moment)
        steps = StepSpan.all(in: one.events)
        let injected = one.moment(.inject)
        let end = end
        lanes = one.writes.sorted { $0.key < $1.key }.map { store, history in
            Self.lane(store, history, injected: injected, end: end)
        }
    }

    private static func moment(_ event: JournalEvent) -> Moment? {
        switch event.entry {
        case .steady(let seen): Moment(name: "steady", at: event.at, detail: words(seen.seen))
        case .inject(let fault):
            Moment(name: "fault", at: event.at, detail: "\(fault.fault) on \(fault.target), \(fault.detail)")
        case .confirmed(let fault):
            Moment(name: "confirmed", at: event.at, detail: "\(fault.vantage) saw: \(fault.seen)")
        case .followed(let section):
            Moment(name: "followed", at: event.at, detail: "the section to its end, \(section.steps) steps")
        case .whole(let seen): Moment(name: "whole again", at: event.at, detail: words(seen.seen))
        default: nil
        }
    }

    private static func words(_ seen: [String: String]) -> String {
        seen.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    }

    private static func lane(
        _ store: String, _ history: WriteHistory, injected: Double?, end: Double
    ) -> Lane {
        func answers(_ outcome: WriteHistory.Outcome) -> [Double] {
            history.writes.filter { $0.outcome == outcome }.map(\.ended).sorted()
        }
        let outage = injected.map { history.outage(since: $0) }
        let isOutForGood =
            outage == .some(nil) && history.writes.contains { $0.ended >= (injected ?? 0) }
        let out: ClosedRange<Double>? = injected.flatMap { began in
            if isOutForGood { return began...max(began, end) }
            guard case .some(.some(let seconds)) = outage, seconds > 0 else { return nil }
            return began...began + seconds
        }
        return Lane(
            store: store, acknowledged: answers(.acknowledged), refused: answers(.refused),
            unknown: answers(.unknown), outage: out, isOutForGood: isOutForGood)
    }
}
