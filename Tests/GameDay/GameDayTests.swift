import Evidence
import Foundation
import Machines
import Runbooks
import Testing

@testable import GameDay

/// What a game day goes through, and whether it goes on.
@Suite struct GameDayTests {
    static let map = """
        | profile | section | drill | cases | change classes | recovery budget | loss budget | section sha256 | last verdict | date | recovery |
        |---|---|---|---|---|---|---|---|---|---|---|
        | lab | All is lost | TotalLoss | all | recovery | 90 min | 0 writes | - | - | - | - |
        | cluster | Sealed | VaultSeal | one; two | vault | 10 min | 0 writes | - | - | - | - |
        | lab | Down | NodeKill | pi1; pi2 | recovery | 15 min | 0 writes | - | - | - | - |
        """

    static func plan() throws -> GameDayPlan {
        GameDayPlan(try RecoveryMap(text: map, name: "RECOVERY_MAP.md").rows)
    }

    static func binding(_ changes: [String: String] = [:]) -> GameDayBinding {
        GameDayBinding(
            parts: ["commit": "a", "runbook of lab": "b", "plays of lab": "c"].merging(changes) { $1 })
    }

    @Test func profileByProfileShortestBudgetFirst() throws {
        let plan = try Self.plan()
        #expect(
            plan.rows.map { "\($0.profile) \($0.drill)" } == [
                "lab NodeKill", "lab TotalLoss", "cluster VaultSeal",
            ])
        #expect(plan.profiles == ["lab", "cluster"])
    }

    @Test func goesOnWithWhatIsUnfinishedAndTheSame() throws {
        let last = GameDayState(binding: Self.binding())
        let start = try GameDayStart(after: last, binding: Self.binding())
        #expect(start.isResumed && start.state.id == last.id)
        #expect(start.reason == "going on with the game day \(last.id)")
    }

    @Test func beginsAnewWhereAnythingChangedAndSaysWhat() throws {
        let last = GameDayState(binding: Self.binding())
        let start = try GameDayStart(
            after: last, binding: Self.binding(["runbook of lab": "x", "commit": "y"]))
        #expect(!start.isResumed)
        #expect(start.reason == "the game day \(last.id) is stale: changed since are commit, runbook of lab")
        let asked = try GameDayStart(after: last, binding: Self.binding(), isNew: true)
        #expect(!asked.isResumed && asked.reason?.contains("given up, as asked") == true)
    }

    @Test func aFinishedOneOrAnOldOneIsNotGoneOnWith() throws {
        var done = GameDayState(binding: Self.binding())
        done.finished = .now
        let after = try GameDayStart(after: done, binding: Self.binding())
        #expect(!after.isResumed)
        #expect(after.reason == "the game day \(done.id) came to its end, so another begins")
        let old = GameDayState(
            binding: Self.binding(), started: Timestamp(Date(timeIntervalSinceNow: -4 * 24 * 3600)))
        #expect(
            try GameDayStart(after: old, binding: Self.binding()).reason?.contains("more than 3 days") == true
        )
    }

    @Test func neverTwoAtOnce() throws {
        var last = GameDayState(binding: Self.binding())
        last.running = ProcessIdentity.current
        #expect(throws: GameDayError.self) { try GameDayStart(after: last, binding: Self.binding()) }
    }

    @Test func theStateSurvivesAndADamagedOneIsNotForgotten() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "gameday-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let shelf = GameDayShelf(of: EvidenceStore(root: root))
        #expect(try shelf.latest() == nil)
        let state = GameDayState(binding: Self.binding())
        try shelf.save(state)
        #expect(try shelf.latest() == state)
        try Data("{".utf8).write(to: shelf.folder(of: state).appending(path: "state.json"))
        #expect(throws: GameDayError.self) { try shelf.latest() }
    }

    @Test func aVerdictIsKeptAndWhatWasCutOffIsAskedAgain() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "gameday-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let store = EvidenceStore(root: root)
        let state = GameDayState(binding: Self.binding())
        let row = try #require(try Self.plan().rows.first)
        func run(_ name: String, _ results: [Verdict.Result?], of day: String?) throws {
            var record = RunRecord()
            record.gameDay = day
            let run = try store.openRun(record)
            for result in results {
                var draft = Verdict(drill: "NodeKill", case: name)
                draft.sandbox = .init(provider: "none", accelerator: "none", profile: "lab")
                let evidence = try run.beginCase(draft, redactor: Redactor([:]))
                guard let result else { continue }
                draft.result = result
                draft.reason = "for the test"
                try evidence.finish(draft)
            }
        }
        try run("pi1", [nil], of: state.id)
        #expect(try GameDayBoard(state, in: store).unanswered(in: row) == ["pi1", "pi2"])
        #expect(try GameDayBoard(state, in: store).open(in: row).map(\.verdict.case) == ["pi1"])
        try run("pi1", [.passed], of: state.id)
        try run("pi2", [.passed], of: "another")
        #expect(try GameDayBoard(state, in: store).unanswered(in: row) == ["pi2"])
        try run("pi2", [.failed, .unproven], of: state.id)
        let board = try GameDayBoard(state, in: store)
        #expect(board.unanswered(in: row).isEmpty, "a failed case is not asked until it passes")
        #expect(board.runs.count == 3)
        let closing = GameDayClosing(try Self.plan(), board)
        #expect(closing.lines[0] == ["lab", "Down", "failed", "1 of 2 passed", "- of 15 min 00 s"])
        #expect(closing.lines[1][2] == "unproven" && !closing.allPassed)
    }
}
