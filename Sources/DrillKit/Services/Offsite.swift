import Boundary
import Foundation
import Ledger
import Machines
import Synchronization

/// The off-site box: what the lab stores, a second time, where nothing that happens to the machines reaches.
///
/// It stands on the operator's side of the segment and comes for its copies by itself: the profile's `offsite/pull`, with a
/// key and a token that can read backups and do nothing else. It works only in drills that need it
/// (``ExperimentCase/isKeptOffsite``): its visits cost the emulated machines time.
public final class Offsite: Sendable {
    /// Its disk, which a person can take away and bring back.
    public let disk: OffsiteDisk
    private let sandbox: Sandbox
    private let process = Mutex<NamespaceProcess?>(nil)

    /// What it keeps copies of, in the script's words.
    private static let stores = ["base", "git", "postgres", "vault", "volume"]
    /// How long it may take to have a copy of everything: its first base backup is the longest.
    private static let patience = Duration.seconds(300)

    /// What each store may lose when the off-site copies are all that is left, in seconds: what the schedule promises.
    ///
    /// The box begins a round every 60 s and gives a copy up after 60 s (`every` of `offsite/pull`), so that what was
    /// written just after one copy was begun is in the next one at most 120 s later. Vault, volume and repositories
    /// it copies as they are at that moment (it has the repositories mirrored first). Of the database it takes the
    /// log that pi3 has, and that is behind by up to 45 s (``Lab/concessions(losing:)``); the app's rows lie there.
    static let promises: [StoreKind: Double] = [
        .vault: 120, .volume: 120, .git: 120, .postgres: 120 + 45, .app: 120 + 45,
    ]

    init(in sandbox: Sandbox) {
        self.sandbox = sandbox
        disk = OffsiteDisk(sandbox)
    }

    /// Whether it is at work.
    var isInUse: Bool { process.withLock { $0 != nil } }

    /// Puts it in its place and waits until it has a copy of everything.
    func begin() async throws {
        for folder in [disk.box, disk.place] { try SharedPath(folder).makeFolder() }
        for (name, copy) in [
            ("offsite_ed25519", "key"), ("offsite_token", "token"), ("known_hosts", "known_hosts"),
        ] {
            try SharedPath("\(disk.box)/\(copy)").replace(with: SharedPath("\(sandbox.safe)/\(name)").data())
        }
        let began = Date()
        let started = try await sandbox.namespace.start(
            ["/profile/offsite/pull", "/sandbox/offsite"], environment: Lab.authority, log: log)
        process.withLock { $0 = started }
        _ = try await hasCopies(since: began, within: Self.patience)
    }

    /// Ends its visits; what it has it keeps, and nobody waits for more.
    func stop() async {
        let visits = process.withLock { process in
            defer { process = nil }
            return process
        }
        await visits?.kill()
    }

    /// Waits until it has a copy of everything that was begun after a moment.
    ///
    /// - Returns: What it has, in a line.
    func hasCopies(since moment: Date, within deadline: Duration) async throws -> String {
        // The box counts whole seconds.
        let moment = Date(timeIntervalSince1970: moment.timeIntervalSince1970.rounded(.down))
        return try await eventually("the off-site box has copies", within: deadline, every: .seconds(1)) {
            let newest = self.disk.newestCopies()
            let waiting = Self.stores.filter { newest[$0].map { $0 < moment } ?? true }
            guard waiting.isEmpty else {
                throw NotYet(
                    "none yet of \(waiting.joined(separator: ", ")); its log ends: \(self.lastWords)")
            }
            return "copies of \(Self.stores.joined(separator: ", "))"
        }
    }

    private var log: String { sandbox.log("offsite") }

    private var lastWords: String {
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return said.split(separator: "\n").suffix(3).joined(separator: " / ")
    }
}
