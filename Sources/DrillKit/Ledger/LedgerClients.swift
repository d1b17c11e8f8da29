import Boundary
import Evidence
import Foundation
import Ledger
import Machines
import Synchronization

/// The clients of one case: a program inside the sandbox's namespace that writes through the stores' front doors.
///
/// It journals each write before it sends it, into `ledger.jsonl` beside the case's own journal and on the same
/// clock, so that what was acknowledged can be judged again later, without machines.
final class LedgerClients: Sendable {
    /// The stores that are written to.
    let stores: [String]
    /// The journal of the writes.
    let journal: URL
    private let namespace: Namespace
    private let process = Mutex<NamespaceProcess?>(nil)

    /// How long each store may take to acknowledge the next write once it serves again: a push may be in hand that takes
    /// twice its patience of 20 s, and the next one, 8 s later, as long on a slow host.
    private static let patience = Duration.seconds(120)
    private static let plan = "ledger-plan.json"

    /// Clients of a case; they count time as its own journal does.
    convenience init(in sandbox: Sandbox, of evidence: EvidenceCase, doors: [StorePlan]) throws {
        try self.init(
            in: sandbox, journal: evidence.folder.appending(path: CaseFiles.ledger),
            epoch: Monotonic.nanoseconds - UInt64(evidence.journal.elapsed / .nanoseconds(1)), doors: doors)
    }

    /// Writes the program's plan into the sandbox; nothing is started yet.
    ///
    /// - Parameter epoch: the moment from which times are counted, on the clock that the program reads.
    init(in sandbox: Sandbox, journal: URL, epoch: UInt64, doors: [StorePlan]) throws {
        try HarnessPrograms.need(HarnessPrograms.ledgerClient)
        stores = doors.map(\.store.rawValue)
        self.journal = journal
        namespace = sandbox.namespace
        let plan = LedgerPlan(prefix: sandbox.id, epoch: epoch, stores: doors)
        try SharedPath("\(sandbox.shared)/\(Self.plan)").replace(with: plan.encoded())
    }

    /// Begins to write, and waits until every store has acknowledged some of it.
    func begin() async throws {
        let client = try await client("write")
        process.withLock { $0 = client }
        try await everyStore(stores, "has acknowledged a write", client) { !$0.acknowledged.isEmpty }
    }

    /// Waits until each of the stores, all of them without a choice, has acknowledged a write that was sent after a
    /// moment of the case.
    func acknowledge(since moment: Double, by chosen: Set<StoreKind>? = nil) async throws {
        let asked = chosen.map { chosen in stores.filter { chosen.map(\.rawValue).contains($0) } }
        try await everyStore(asked ?? stores, "acknowledges again", process.withLock(\.self)) { history in
            history.writes.contains { $0.sent >= moment && $0.outcome == .acknowledged }
        }
    }

    /// Ends the writing; the writes in hand are finished first, never torn.
    ///
    /// A push of git's may take twice its patience, and four times where it clones first.
    func end() async {
        guard
            let client = process.withLock({ client in
                defer { client = nil }
                return client
            })
        else { return }
        await client.terminate(grace: .seconds(90))
    }

    /// Reads everything back from every store and judges it, outages counted from a moment of the case; what each
    /// store may have lost by then, in seconds of the case, is conceded.
    func settleAccounts(
        since injection: Double, conceding windows: [String: ClosedRange<Double>]
    ) async throws -> [LedgerAccount] {
        let reader = try await client("read")
        do {
            try await eventually("every store is read back", within: .seconds(150)) {
                reader.exit.map { _ in () }
            }
        } catch {
            // The chain holds the journal's digest from the verdict on: nobody may write to it any more.
            await reader.kill()
            throw error
        }
        return try LedgerJournal(contentsOf: journal.path).accounts(since: injection, conceding: windows)
    }

    private func client(_ verb: String) async throws -> NamespaceProcess {
        // Cancelled, it would begin all the same, and its first line might come after the journal's digest.
        try Task.checkCancellation()
        return try await namespace.start(
            [HarnessPrograms.inside(HarnessPrograms.ledgerClient), verb, "--plan", "/sandbox/\(Self.plan)"],
            log: journal.path)
    }

    private func everyStore(
        _ stores: [String], _ what: String, _ client: NamespaceProcess?,
        _ isSo: @escaping @Sendable (WriteHistory) -> Bool
    ) async throws {
        let journal = journal
        do {
            try await eventually(
                "each of \(stores.joined(separator: ", ")) \(what)", within: Self.patience,
                every: .milliseconds(250)
            ) {
                let found = try LedgerJournal(contentsOf: journal.path)
                if let exit = client?.exit {
                    throw Hopeless("the ledger's client ended with \(exit): \(found.notes.last ?? "no word")")
                }
                let waiting = stores.filter { !isSo(found.stores[$0]?.history ?? WriteHistory()) }
                guard waiting.isEmpty else { throw NotYet("not yet: \(waiting.joined(separator: ", "))") }
            }
        } catch let error as WaitError where client?.exit != nil {
            // The lab has nothing to do with it.
            throw DrillEnding.unproven("\(error)")
        }
    }
}
