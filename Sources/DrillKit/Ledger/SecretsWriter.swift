import Boundary
import Evidence
import Foundation
import Synchronization

/// A client that puts numbered secrets through Vault's API all the while, one after another.
///
/// It keeps to the node that answered last and moves to the next when refused, as a client with three
/// addresses does. Each write is journalled before it is sent and again with its outcome.
public final class SecretsWriter: Sendable {
    private let vault: Vault
    private let recorder: Recorder
    private let prefix: String
    private let history = Mutex(WriteHistory())
    /// At most four writes a second: enough to see an outage to a quarter second, and few to read back.
    private let interval = Duration.milliseconds(250)
    /// A client gives up on an answer after this long.
    private let patience = Duration.seconds(3)

    /// Makes a writer whose secrets lie under `prefix`.
    init(vault: Vault, recorder: Recorder, prefix: String) {
        self.vault = vault
        self.recorder = recorder
        self.prefix = prefix
    }

    /// The store's name in verdicts.
    public static let store = "vault"

    /// What has been written so far.
    public var soFar: WriteHistory { history.withLock { $0 } }

    /// Writes until the task is cancelled; the last write is finished, never torn.
    func run() async {
        var number = 0
        var turn = 0
        while !Task.isCancelled {
            number += 1
            let outcome = await write(number, to: vault.nodes[turn % vault.nodes.count])
            if outcome != .acknowledged { turn += 1 }
            try? await Task.sleep(for: interval)
        }
    }

    private func write(_ number: Int, to node: VaultNode) async -> WriteHistory.Outcome {
        let sent = recorder.elapsed
        await recorder.record(.writeSent(store: Self.store, number: number, to: node.name))
        let outcome = await attempt(number, on: node)
        let entry = WriteHistory.Write(
            number: number, sent: sent, answered: recorder.elapsed, outcome: outcome)
        history.withLock { $0.writes.append(entry) }
        await recorder.record(
            .write(
                store: Self.store, number: number, outcome: .init(outcome),
                seconds: entry.answered - entry.sent))
        return outcome
    }

    /// One write in a task of its own: cancelling the writer must not turn an answer into "unknown".
    private func attempt(_ number: Int, on node: VaultNode) async -> WriteHistory.Outcome {
        await Task {
            do {
                try await node.write(
                    path(number), ["value": Self.content(number)], token: vault.safe.writerToken,
                    deadline: patience)
                return .acknowledged
            } catch is VaultRefusal {
                return .refused
            } catch let error as HTTPError where error.wasNeverSent {
                return .refused
            } catch {
                return .unknown
            }
        }.value
    }

    /// Reads every write back, several at a time, by the active node.
    func readBack(from node: VaultNode) async throws -> [Int: String] {
        let numbers = soFar.writes.map(\.number)
        return try await withThrowingTaskGroup(of: (Int, String?).self) { group in
            var found: [Int: String] = [:]
            var waiting = numbers[...]
            func readNext() {
                guard let number = waiting.popFirst() else { return }
                group.addTask {
                    let data = try await node.read(
                        self.path(number), token: self.vault.safe.writerToken, deadline: .seconds(10))
                    return (number, data?["value"])
                }
            }
            for _ in 0..<4 { readNext() }
            while let (number, value) = try await group.next() {
                found[number] = value
                readNext()
            }
            return found
        }
    }

    private func path(_ number: Int) -> String { "\(prefix)/\(number)" }

    /// What write `number` holds: derived from its number, so that a reader knows without being told.
    static func content(_ number: Int) -> String { "write \(number) of the ledger" }
}
