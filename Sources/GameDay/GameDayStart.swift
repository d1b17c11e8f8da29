public import Evidence
import Foundation
import Machines

/// Whether a game day goes on with what the last one left, or begins anew, and why.
public struct GameDayStart: Sendable {
    /// The game day to be held.
    public let state: GameDayState
    /// Whether it was begun before.
    public let isResumed: Bool
    /// Why, for the person who started it; nil where there was nothing to go on with.
    public let reason: String?

    /// How long what passed may be taken as this game day's, in seconds: a month-old half is another month's.
    static let patience = 3 * 24 * 3600.0

    /// Decides.
    ///
    /// - Throws: `GameDayError` while drills of the last one still run, since two at once would share its verdicts.
    public init(
        after last: GameDayState?, binding: GameDayBinding, isNew: Bool = false, now: Timestamp = .now
    ) throws {
        let fresh = GameDayState(binding: binding, started: now)
        guard let last, last.finished == nil else {
            (state, isResumed) = (fresh, false)
            reason = last.map { "the game day \($0.id) came to its end, so another begins" }
            return
        }
        if let running = last.running, running.isAlive {
            throw GameDayError(
                "drills of the game day \(last.id) still run as process \(running.pid)",
                next: "wait for their end, or end them with: kill -INT -- -\(running.pid)")
        }
        let changed = binding.differences(from: last.binding)
        if isNew {
            (state, isResumed, reason) = (fresh, false, "the game day \(last.id) is given up, as asked")
        } else if !changed.isEmpty {
            let what = changed.joined(separator: ", ")
            (state, isResumed, reason) = (
                fresh, false, "the game day \(last.id) is stale: changed since are \(what)"
            )
        } else if now.date.timeIntervalSince(last.started.date) > Self.patience {
            (state, isResumed, reason) = (
                fresh, false, "the game day \(last.id) is stale: it began more than 3 days ago"
            )
        } else {
            var state = last
            state.running = nil
            (self.state, isResumed, reason) = (state, true, "going on with the game day \(last.id)")
        }
    }
}
