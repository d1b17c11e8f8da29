public import Evidence
import Foundation

/// Every run that the evidence folder holds, and every case over all of them.
public struct RunHistory: Sendable, Encodable {
    /// One run in short.
    public struct Run: Sendable, Encodable, Equatable {
        /// Its name.
        public var name: String
        /// When it opened; nil where `run.json` cannot be read.
        public var started: Timestamp?
        /// The lab's profile.
        public var profile: String?
        /// The commit, and whether the checkout differed from it.
        public var commit: String?
        /// Whether the checkout differed from the commit.
        public var dirty: Bool?
        /// The game day that it was part of.
        public var gameDay: String?
        /// How many cases came to each result, by its name.
        public var counts: [String: Int]
        /// From its opening to the end of its last case, in seconds.
        public var tookSeconds: Double?
    }

    /// The runs, oldest first.
    public let runs: [Run]
    /// The cases by profile, drill and name; a verdict that cannot be read counts in its run and belongs to no case.
    public let cases: [CaseHistory]

    /// Reads all runs of a store; throws `EvidenceError` when its folder cannot be listed.
    public init(of store: EvidenceStore) throws {
        var runs: [Run] = []
        var entries: [[String]: [(Verdict, CaseHistory.Entry)]] = [:]
        for name in try store.runs() {
            let list = try store.verdicts(run: name)
            let record = try? RunRecord(run: store.runFolder(name))
            runs.append(Self.run(name, record, list.verdicts))
            for verdict in list.verdicts where verdict.sandbox.profile != Verdict.Sandbox().profile {
                let key = [verdict.sandbox.profile, verdict.drill, verdict.case]
                entries[key, default: []].append((verdict, Self.entry(verdict, run: name)))
            }
        }
        self.runs = runs
        cases = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, found in
            let found = found.sorted { $0.1.started < $1.1.started }
            return CaseHistory(
                profile: key[0], drill: key[1], case: key[2],
                section: found.last?.0.section?.title ?? "", entries: found.map(\.1))
        }
    }

    /// The history as one JSON object, keys sorted; what is not known is left out.
    public func json() throws -> String {
        return try EvidenceJSON.text(self)
    }

    private static func run(_ name: String, _ record: RunRecord?, _ verdicts: [Verdict]) -> Run {
        let counts = Dictionary(grouping: verdicts, by: \.result.rawValue).mapValues(\.count)
        let last = verdicts.compactMap(\.finished).max()
        return Run(
            name: name, started: record?.started, profile: record?.profile, commit: record?.commit,
            dirty: record?.dirty, gameDay: record?.gameDay, counts: counts,
            tookSeconds: record.flatMap { record in last.map { $0.seconds(since: record.started) } })
    }

    private static func entry(_ verdict: Verdict, run: String) -> CaseHistory.Entry {
        CaseHistory.Entry(
            run: run, started: verdict.started, result: verdict.result,
            wasCutOff: verdict.isCutOff,
            recoverySeconds: verdict.recoverySeconds, budgetSeconds: verdict.budgetSeconds,
            tookSeconds: verdict.finished.map { $0.seconds(since: verdict.started) },
            section: verdict.section?.sha256)
    }
}

extension Timestamp {
    /// Seconds from an earlier moment to this one.
    func seconds(since earlier: Timestamp) -> Double { Double(milliseconds - earlier.milliseconds) / 1000 }
}
