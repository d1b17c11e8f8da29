import Boundary
import Evidence
import Foundation
public import Ledger
public import Machines

/// What the ledger's clients get out of a healthy lab, and what they cost it.
public struct LoadTrial: Sendable {
    /// How fast each store took its writes, by its name.
    public let paces: [String: LedgerPace]
    /// Seconds that the app takes to say how it is, having asked its database and the volume, with nobody else there.
    public let idle: [Double]
    /// The same with the clients writing.
    public let loaded: [Double]

    /// Takes the trial: as many questions to the app without clients as with them, and clients for `duration`.
    public static func run(on sandbox: Sandbox, for duration: Duration, questions: Int = 20) async throws
        -> LoadTrial
    {
        let lab = try Lab(sandbox)
        let journal = URL(filePath: "\(sandbox.folder)/trial.jsonl")
        let clients = try LedgerClients(
            in: sandbox, journal: journal, epoch: Monotonic.nanoseconds, doors: lab.doors)
        let idle = try await ask(lab.app, questions)
        try await clients.begin()
        let began = ContinuousClock.now
        let loaded = try await ask(lab.app, questions)
        try await Task.sleep(for: max(.zero, duration - began.duration(to: .now)))
        await clients.end()
        let histories = try LedgerJournal(contentsOf: journal.path).stores
        return LoadTrial(
            paces: histories.compactMapValues { LedgerPace($0.history) }, idle: idle, loaded: loaded)
    }

    private static func ask(_ app: CanaryApp, _ questions: Int) async throws -> [Double] {
        var waits: [Double] = []
        for _ in 0..<questions {
            let asked = ContinuousClock.now
            _ = try await app.health()
            waits.append(asked.duration(to: .now).seconds)
        }
        return waits
    }
}
