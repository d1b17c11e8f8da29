import ArgumentParser
import Evidence
import Foundation
import Ledger

/// Judges the ledger of a case that is over.
struct Recheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge a case's ledger again, without machines.",
        discussion: """
            Reads what the ledger's client journalled, ledger.jsonl, and tells for each store what became of \
            its writes. Outages count from the injection that the case's own journal names, or from --since.

            Exits 0 when every store was read back and nothing is lost, duplicated, corrupted or invented, \
            1 otherwise, 2 when the ledger cannot be read.

            Example:
              $ drillctl recheck evidence/latest/NodeKill/pi2
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
        let moment = since ?? (isFolder.boolValue ? Self.injection(in: path) : nil)
        let accounts = journal.accounts(since: moment)
        guard !accounts.isEmpty else { throw LedgerError(problem: "\(ledger) names no store") }
        print(Self.table(accounts, since: moment))
        if journal.isTorn {
            tell("the last line is torn, and left out: the client was killed or the disk full")
        }
        for note in journal.notes { tell("the client noted: \(note)") }
        for complaint in accounts.compactMap(\.complaint) { tell(complaint) }
        if !accounts.allSatisfy({ $0.judgement.isSound == true }) { throw ExitStatus.no }
    }

    /// When the case's own journal says that the fault was injected; nil when it does not.
    private static func injection(in folder: String) -> Double? {
        let url = URL(filePath: "\(folder)/journal.jsonl")
        return (try? Journal.read(url))?.events.first { event in
            if case .inject = event.entry { true } else { false }
        }?.at
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
