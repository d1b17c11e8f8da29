import ArgumentParser
import DrillKit
import Evidence
import Foundation
import GameDay
import Report
import Runbooks
import Subprocess

/// Runs every drill of every profile and sums up.
struct GameDayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gameday",
        abstract: "Run every drill of every profile, and sum up.",
        discussion: """
            Goes through RECOVERY_MAP.md profile by profile, the shortest recovery budget first, and tells \
            what runs, for how long already and how long it may still take. It ends with one line for each \
            section, one report over all of it, and the evidence chain's check, whatever failed on the way. It \
            leaves RECOVERY_MAP.md alone: drills of a tree that differs from its commit count for nothing. All \
            that it left is looked through for secrets.

            Ctrl-C ends the lab and keeps the evidence. Begun again, by hand or after a crash, it goes on \
            where it stopped and repeats no case that passed or failed, unless the commit, the harness, a \
            runbook, plays or the map changed, or three days went by: then it says so and begins anew.

            Exits 0 when every case passed, 1 when one did not, the evidence is not as it should be, or any of \
            that changed while it was held, 2 when it could not be held.

            Example:
              $ make gameday
            """)

    @Flag(help: "Begin anew, whatever is left of an earlier one.") var new = false
    @Option(help: .hidden) var runner: String?

    func run() async throws {
        let checkout = try Checkout()
        let store = Verdicts.store
        if runner == nil { try await Self.build(checkout) }
        let plan = GameDayPlan(try RecoveryMap(contentsOf: checkout.recoveryMap).rows)
        let shelf = GameDayShelf(of: store)
        let binding = try await GameDayBinding(of: checkout, plan: plan)
        let last = new ? try? shelf.latest() : try shelf.latest()
        let start = try GameDayStart(after: last, binding: binding, isNew: new)
        let screen = GameDayScreen()
        if let reason = start.reason { screen.happened(reason) }
        let session = try GameDaySession(
            plan, in: store, command: [runner ?? "\(checkout.path)/Scripts/drill.sh"], teller: screen)
        let ended: GameDayState
        do {
            ended = try await Interrupt.guarding("the game day's lab") { try await session.hold(start.state) }
        } catch let code as ExitCode where code.rawValue > 128 {
            tell("the evidence is kept; go on with: make gameday")
            throw code
        }
        for words in ended.troubles ?? [] { tell(words) }
        let folder = shelf.folder(of: ended)
        let board = try GameDayBoard(ended, in: store)
        // What cannot be done of this keeps nobody from hearing of the rest.
        var results = [Result { try close(board, plan, store, folder: folder) }]
        if runner == nil {
            let runs = board.runs.map { store.root.appending(path: $0).path }
            results.append(Result { try ask(["secrets", folder.path] + runs) })
            results.append(Result { try ask(["verify"]) })
        } else {
            print("chain: not checked, since a stand-in's drills enter nothing there")
        }
        let changed = await Self.changed(since: ended.binding, in: checkout)
        if !changed.isEmpty {
            tell("changed while the game day was held, so hold it anew: \(changed.joined(separator: ", "))")
        }
        print("to keep what it came to: drillctl map update, and commit RECOVERY_MAP.md")
        for case .failure(let error) in results { tell("\(error)") }
        let wereWell = results.compactMap { try? $0.get() }
        if wereWell.count < results.count { throw ExitStatus.couldNot }
        if wereWell.contains(false) || !changed.isEmpty || ended.troubles != nil { throw ExitStatus.no }
    }

    /// Asks another command of this program; false where its answer is no.
    private func ask(_ command: [String]) throws -> Bool {
        var command = try Drillctl.parseAsRoot(command)
        do {
            try command.run()
            return true
        } catch let code as ExitCode where code == ExitStatus.no {
            return false
        }
    }

    /// Builds what the drills run from: the tree's digests stand in their evidence, whoever started this program.
    private static func build(_ checkout: Checkout) async throws {
        let built = try await Subprocess.run(
            .name("swift"), arguments: ["build", "--build-tests", "--package-path", checkout.path],
            output: .currentStandardError, error: .currentStandardError)
        guard built.terminationStatus.isSuccess else {
            throw DrillError(
                "the drills could not be built, as told above", next: "mend that, then: make gameday")
        }
    }

    /// What a game day is bound to and is not as it was; a tree that cannot be read is not either.
    private static func changed(since binding: GameDayBinding, in checkout: Checkout) async -> [String] {
        do {
            let plan = try GameDayPlan(RecoveryMap(contentsOf: checkout.recoveryMap).rows)
            return try await GameDayBinding(of: checkout, plan: plan).differences(from: binding)
        } catch {
            return ["\(error)"]
        }
    }

    /// Sums up by section and writes the report; whether everything passed.
    private func close(
        _ board: GameDayBoard, _ plan: GameDayPlan, _ store: EvidenceStore, folder: URL
    ) throws -> Bool {
        let closing = GameDayClosing(plan, board)
        print("\n" + Table.text(GameDayClosing.heads, closing.lines) + "\n")
        guard !board.runs.isEmpty else {
            throw DrillError("the game day left no run", next: "see the logs in \(folder.path)")
        }
        let asked = plan.rows.flatMap { row in
            row.cases.map { AskedCase(profile: row.profile, drill: row.drill, case: $0) }
        }
        let report = folder.appending(path: "report.html")
        try RunReport(runs: board.runs, asked: asked, in: store).html()
            .write(to: report, atomically: true, encoding: .utf8)
        print("report: \(report.path)")
        return closing.allPassed
    }
}
