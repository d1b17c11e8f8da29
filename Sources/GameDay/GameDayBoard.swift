public import Evidence
public import Runbooks

/// What the evidence holds of a game day: its runs name it, so nothing is remembered apart from them.
public struct GameDayBoard: Sendable {
    /// The runs, oldest first.
    public let runs: [String]
    private let verdicts: [VerdictList.Case]

    /// Reads the runs of a game day; throws `EvidenceError` when the folder cannot be listed.
    public init(_ state: GameDayState, in store: EvidenceStore) throws {
        // Names begin with the moment, so older runs need not be opened.
        runs = try store.runs().filter { $0 >= state.started.compact }.filter {
            (try? RunRecord(run: store.runFolder($0)))?.gameDay == state.id
        }
        verdicts = try runs.flatMap { try store.verdicts(run: $0).cases }
    }

    /// What a case came to: its last passed or failed verdict, or else what is there; nil when it was never begun.
    ///
    /// A game day asks each case once. One that failed is not asked again until it passes.
    public func verdict(of name: String, in row: RecoveryMap.Row) -> Verdict? {
        let attempts = entries(of: name, in: row).map(\.verdict)
        return attempts.answer.map { attempts[$0] }
    }

    /// The cases of a row that have neither passed nor failed.
    public func unanswered(in row: RecoveryMap.Row) -> [String] {
        row.cases.filter { !hasAnswer(GameDayCase(row: row, name: $0)) }
    }

    /// Whether a case has passed or failed.
    func hasAnswer(_ one: GameDayCase) -> Bool {
        (verdict(of: one.name, in: one.row)?.result ?? .unproven) != .unproven
    }

    /// The cases of a row that are begun and not ended.
    public func open(in row: RecoveryMap.Row) -> [VerdictList.Case] {
        row.cases.compactMap { entries(of: $0, in: row).last }.filter { $0.verdict.finished == nil }
    }

    private func entries(of name: String, in row: RecoveryMap.Row) -> [VerdictList.Case] {
        verdicts.filter {
            $0.verdict.case == name && $0.verdict.drill == row.drill
                && $0.verdict.sandbox.profile == row.profile
        }
    }
}
