import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Ledger

/// Judges the ledger of a case that is over.
struct Recheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge a case's ledger again, without machines.",
        discussion: """
            Reads what the ledger's client journalled, ledger.jsonl, and tells for each store what became of \
            its writes. Outages count from the injection that the case's own journal names, or from --since; \
            what the case's verdict concedes, because the only copy of it was destroyed, counts as lost and \
            not as wrong.

            Exits 0 when every store was read back and nothing is lost, duplicated, corrupted or invented, \
            1 otherwise, 2 when the ledger cannot be read.

            Example:
              $ drillctl recheck evidence/latest/NodeKill/pi2-not-leading
            """)

    @Argument(help: "The folder of a case, or a ledger's journal.") var path: String
    @Option(
        help: ArgumentHelp(
            "When the fault was injected, from the case's start, if not as journalled.",
            valueName: "seconds"))
    var since: Double?

    func run() throws {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let ledger = isFolder.boolValue ? "\(path)/ledger.jsonl" : path
        let journal = try LedgerJournal(contentsOf: ledger)
        let known = try isFolder.boolValue ? Known(folder: path) : nil
        let moment = since ?? known?.injected
        let accounts = journal.accounts(since: moment, conceding: known?.concessions ?? [:])
        guard !accounts.isEmpty else { throw LedgerError(problem: "\(ledger) names no store") }
        print(Self.table(accounts, since: moment))
        if journal.isTorn {
            tell("the last line is torn, and left out: the client was killed or the disk full")
        }
        for note in journal.notes { tell("the client noted: \(note)") }
        for account in accounts where !account.judgement.conceded.isEmpty {
            tell(
                "\(account.store): lost, as its backups concede: \(LedgerAccount.ranges(account.judgement.conceded))"
            )
        }
        for complaint in accounts.compactMap(\.complaint) { tell(complaint) }
        if !accounts.allSatisfy({ $0.judgement.isSound == true }) { throw ExitStatus.no }
    }

    /// What the evidence beside a ledger's journal says of the case; nil where there is none.
    private struct Known {
        /// When the fault was injected, in seconds since the case's start.
        var injected: Double?
        /// For each store, the seconds of the case whose writes its backups concede.
        var concessions: [String: ClosedRange<Double>]

        /// Reads journal and verdict of a case; throws where one of them is there and cannot be read.
        init?(folder: String) throws {
            let journal = "\(folder)/journal.jsonl"
            guard FileManager.default.fileExists(atPath: journal) else { return nil }
            let moments = CaseMoments(try Journal.read(URL(filePath: journal)).events)
            injected = moments.injected
            concessions =
                try Self.verdict(folder)?.ledger.concessions(from: injected, until: moments.confirmed) ?? [:]
        }

        private static func verdict(_ folder: String) throws -> Verdict? {
            let file = "\(folder)/verdict.json"
            guard FileManager.default.fileExists(atPath: file) else { return nil }
            do {
                return try Verdict(contentsOf: URL(filePath: file))
            } catch {
                throw DrillError(
                    "nobody can tell what this case concedes", lastSeen: "\(error)",
                    next: "see that it is whole, or name \(folder)/ledger.jsonl alone")
            }
        }
    }

    private static func table(_ accounts: [LedgerAccount], since: Double?) -> String {
        let heads = [
            "STORE", "ACKNOWLEDGED", "REFUSED", "UNKNOWN", "RECOVERED", "LOST", "DUPLICATED", "CORRUPTED",
            "INVENTED", "OUTAGE", "GAP", "SOUND",
        ]
        let rows = accounts.map { account in
            let judgement = account.judgement
            let sound = judgement.isSound.map { $0 ? "yes" : "no" } ?? "unknown"
            let counts = [
                judgement.acknowledged, judgement.refused, judgement.unknown, judgement.recovered.count,
                judgement.lost.count, judgement.duplicated.count, judgement.corrupted.count,
                judgement.invented.count,
            ]
            let outage = since == nil ? "-" : seconds(account.outage, otherwise: "for good")
            return [account.store] + counts.map(String.init)
                + [outage, seconds(account.longestGap, otherwise: "-"), sound]
        }
        return Table.text(heads, rows)
    }

    private static func seconds(_ value: Double?, otherwise: String) -> String {
        value.map { String(format: "%.1f s", $0) } ?? otherwise
    }
}
