import Boundary
public import Evidence
import Foundation
import Report
import Runbooks

/// A game day being held: each row of the plan in turn, watched from the journals that its drills write.
public struct GameDaySession: Sendable {
    /// Where what happens is told.
    public protocol Teller: Sendable {
        /// Something that happened, to be kept on the screen.
        func happened(_ line: String)
        /// How it stands now, in one line; told every second.
        func stands(_ line: String)
    }

    private let plan: GameDayPlan
    private let store: EvidenceStore
    private let shelf: GameDayShelf
    private let command: [String]
    private let teller: any Teller
    private let forecast: GameDayForecast

    /// The longest that the drills of one row may take.
    private static let limit = Duration.seconds(12 * 3600)

    /// Prepares a game day whose rows are drilled by `command`, which is told by its environment what to drill.
    public init(_ plan: GameDayPlan, in store: EvidenceStore, command: [String], teller: any Teller) throws {
        self.plan = plan
        self.store = store
        self.command = command
        self.teller = teller
        shelf = GameDayShelf(of: store)
        forecast = GameDayForecast(try RunHistory(of: store))
    }

    /// Holds the game day to its end; when the task is cancelled, ends the lab first and then throws.
    public func hold(_ state: GameDayState) async throws -> GameDayState {
        var state = state
        let began = ContinuousClock.now
        let before = try GameDayBoard(state, in: store)
        let kept = Set(plan.cases.filter(before.hasAnswer))
        for (index, row) in plan.rows.enumerated() {
            let left = try GameDayBoard(state, in: store).unanswered(in: row)
            let title = "\(row.profile) \(row.drill)"
            guard !left.isEmpty else {
                teller.happened("\(title): all \(row.cases.count) cases have their verdicts already")
                continue
            }
            teller.happened(
                "\(title): \(left.count) of \(row.cases.count) cases, row \(index + 1) of \(plan.rows.count)")
            try await drill(row, left, in: &state, began: began, kept: kept)
        }
        state.finished = .now
        try shelf.save(state)
        return state
    }

    private func drill(
        _ row: RecoveryMap.Row, _ left: [String], in state: inout GameDayState,
        began: ContinuousClock.Instant, kept: Set<GameDayCase>
    ) async throws {
        try shelf.save(state)
        let log = shelf.folder(of: state).appending(path: "\(row.profile)-\(row.drill).log").path
        let (shelf, day) = (shelf, state)
        let drills = DrillsProcess(
            command, variables: variables(row, left, state), log: log, lock: shelf.lock.path
        ) { identity in
            var noted = day
            noted.running = identity
            try shelf.save(noted)
        }
        let running = Task { try await drills.run() }
        let watch = GameDayWatch(
            plan: plan, row: row, store: store, forecast: forecast, teller: teller, log: log)
        let trouble: String?
        do {
            try await eventually("the drills of \(row.drill) end", within: Self.limit, every: .seconds(1)) {
                // Asked first: a folder that cannot be listed must not hide their end.
                let hasEnded = drills.hasEnded
                if !hasEnded { try watch.look(day, elapsed: began.duration(to: .now), kept: kept) }
                return hasEnded ? () : nil
            }
            trouble = try await running.value
        } catch {
            running.cancel()
            _ = await running.result
            try? shelf.save(state)
            throw error
        }
        try watch.look(state, elapsed: began.duration(to: .now), kept: kept)
        let board = try GameDayBoard(state, in: store)
        let title = "\(row.profile) \(row.drill)"
        let open = board.unanswered(in: row)
        if !open.isEmpty {
            teller.happened("\(title): no verdict for \(open.joined(separator: "; ")); see \(log)")
        } else if let trouble, row.cases.allSatisfy({ board.verdict(of: $0, in: row)?.result == .passed }) {
            let words = "\(title): every case passed, but its drills ended with \(trouble); see \(log)"
            teller.happened(words)
            state.troubles = (state.troubles ?? []) + [words]
        }
        try shelf.save(state)
    }

    private func variables(_ row: RecoveryMap.Row, _ left: [String], _ state: GameDayState) -> [String:
        String]
    {
        [
            "FILTER": "\(row.drill)/", "DRILL_PROFILE": row.profile, "CASES": left.joined(separator: ";"),
            "DRILL_GAMEDAY": state.id, "DRILL_EVIDENCE": store.root.path, "KEEP": "", "STALE": "",
        ]
    }
}
