import Evidence
import Foundation
import Runbooks
import Synchronization

/// Looks at the evidence of the row that runs, and tells what is new and how it stands.
final class GameDayWatch: Sendable {
    private let plan: GameDayPlan
    private let row: RecoveryMap.Row
    private let store: EvidenceStore
    private let forecast: GameDayForecast
    private let teller: any GameDaySession.Teller
    private let log: String
    private let told = Mutex<Set<String>>([])

    init(
        plan: GameDayPlan, row: RecoveryMap.Row, store: EvidenceStore, forecast: GameDayForecast,
        teller: any GameDaySession.Teller, log: String
    ) {
        self.plan = plan
        self.row = row
        self.store = store
        self.forecast = forecast
        self.teller = teller
        self.log = log
    }

    /// Tells of every verdict once, and of the state in a line.
    ///
    /// - Parameter kept: the cases that had their verdicts before this sitting, which say nothing of its pace.
    func look(_ state: GameDayState, elapsed: Duration, kept: Set<GameDayCase>) throws {
        let board = try GameDayBoard(state, in: store)
        for name in row.cases {
            guard let verdict = board.verdict(of: name, in: row), verdict.finished != nil else { continue }
            let isNew = told.withLock { $0.insert("\(name) \(verdict.started)").inserted }
            // Verdicts from before this sitting are old news.
            guard isNew, verdict.started >= since else { continue }
            teller.happened("\(row.drill) / \(name): \(verdict.result.rawValue): \(verdict.reason)")
        }
        teller.stands(line(board, elapsed: elapsed, kept: kept))
    }

    private let since = Timestamp.now

    private func line(_ board: GameDayBoard, elapsed: Duration, kept: Set<GameDayCase>) -> String {
        let all = plan.cases
        let done = all.filter(board.hasAnswer)
        let ahead = forecast.remaining(
            all.filter { !board.hasAnswer($0) }, done: done.filter { !kept.contains($0) },
            elapsed: elapsed.seconds)
        let expected =
            ahead.map { "about \(HumanDuration.text(seconds: $0)) to go" } ?? "no past run to go by"
        // What an earlier sitting left open does not run.
        let open = board.open(in: row).filter { $0.verdict.started >= since }
            .map { "\($0.verdict.case): \(LiveCase.words($0))" }
        let now = open.isEmpty ? lastLine : open.joined(separator: " | ")
        let title = "\(row.profile) \(row.drill)"
        return "\(HumanDuration.text(elapsed)) (\(expected)) \(done.count)/\(all.count) \(title): \(now)"
    }

    /// The log's last whole line, while no case has begun: the image, the plays and the checkpoint tell of themselves there.
    private var lastLine: String {
        guard let file = FileHandle(forReadingAtPath: log) else { return "starting" }
        defer { try? file.close() }
        let end = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        let whole = text[..<(text.lastIndex(where: \.isNewline) ?? text.startIndex)]
        let line = whole.split(whereSeparator: \.isNewline).last.map(String.init) ?? "starting"
        return String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 })).prefix(100)
            + ""
    }
}
