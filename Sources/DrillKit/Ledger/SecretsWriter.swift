import Boundary
import Evidence
import Foundation
public import Ledger
import Synchronization

/// A client that puts numbered secrets through Vault's API all the while, one after another.
///
/// It keeps to the node that answered last and moves to the next when refused, as a client with three
/// addresses does. Each write is journalled before it is sent and again with its outcome.
public final class SecretsWriter: Sendable {
    private let vault: Vault
    private let journal: Journal
    private let prefix: String
    private let history = Mutex(WriteHistory())
    /// At most four writes a second: enough to see an outage to a quarter second, and few to read back.
    private let interval = Duration.milliseconds(250)
    /// A client gives up on an answer after this long.
    private let patience = Duration.seconds(3)

    /// Makes a writer whose secrets lie under `prefix`.
    init(vault: Vault, journal: Journal, prefix: String) {
        self.vault = vault
        self.journal = journal
        self.prefix = prefix
    }

    /// The store's name in verdicts.
    public static let store = "vault"

    /// What has been written so far.
    public var soFar: WriteHistory { history.withLock { $0 } }

    /// Writes until the task is cancelled; the last write is finished, never torn.
    ///
    /// - Throws: `EvidenceError` when the journal cannot be written: what is not journalled proves nothing.
    func run() async throws {
        var number = 0
        var turn = 0
        while !Task.isCancelled {
            number += 1
            let outcome = try await write(number, to: vault.nodes[turn % vault.nodes.count])
            if outcome != .acknowledged { turn += 1 }
            try? await Task.sleep(for: interval)
        }
    }

    private func write(_ number: Int, to node: VaultNode) async throws -> WriteHistory.Outcome {
        let sent = try journal.record(
            .write(.init(store: Self.store, number: number, outcome: .sent, seconds: 0, detail: node.name)))
        let clock = ContinuousClock.now
        let (outcome, detail) = await attempt(number, on: node)
        let taken = clock.duration(to: .now).seconds
        let answered = try journal.record(
            .write(
                .init(
                    store: Self.store, number: number, outcome: .init(outcome), seconds: taken,
                    detail: detail)))
        history.withLock {
            $0.writes.append(.init(number: number, sent: sent.at, answered: answered.at, outcome: outcome))
        }
        return outcome
    }

    /// One write in a task of its own: cancelling the writer must not turn an answer into "unknown".
    private func attempt(_ number: Int, on node: VaultNode) async -> (WriteHistory.Outcome, String?) {
        await Task {
            do {
                try await node.write(
                    path(number), ["value": Self.content(number)], token: vault.safe.writerToken,
                    deadline: patience)
                return (.acknowledged, nil)
            } catch let refusal as VaultRefusal {
                return (refusal.isFinal ? .refused : .unknown, refusal.description)
            } catch let error as HTTPError {
                // Only a socket that nothing listens on is a sure "no"; all else may have reached the server.
                return (error.kind == .refused ? .refused : .unknown, error.description)
            } catch {
                return (.unknown, "\(error)")
            }
        }.value
    }

    /// Everything that is there under the prefix, by number, read by the active node.
    ///
    /// What the listing names is read, whatever the writer thinks became of it: a refused write that is there
    /// all the same is found too, and so is one that nobody sent.
    func readBack(from node: VaultNode) async throws -> [Int: String] {
        let token = vault.safe.writerToken
        var found: [Int: String] = [:]
        for name in try await node.list(prefix, token: token, deadline: .seconds(10)) {
            guard let number = Int(name) else {
                throw DrillError("a secret that no writer writes is under \(prefix)", lastSeen: name)
            }
            let data = try await node.read(path(number), token: token, deadline: .seconds(10))
            found[number] = data?["value"]
        }
        return found
    }

    private func path(_ number: Int) -> String { "\(prefix)/\(number)" }

    /// What write `number` holds: derived from its number, so that a reader knows without being told.
    static func content(_ number: Int) -> String { "write \(number) of the ledger" }
}

extension JournalEntry.Written.Outcome {
    fileprivate init(_ outcome: WriteHistory.Outcome) {
        self =
            switch outcome {
            case .acknowledged: .acknowledged
            case .refused: .refused
            case .unknown: .unknown
            }
    }
}
