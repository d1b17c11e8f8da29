import Foundation

/// Enters the cases of one run in the chain of their evidence folder.
struct CaseBook: Sendable {
    let log: ChainLog
    /// The evidence folder.
    let root: URL
    /// The run's record, as it stays from the first case on.
    let record: RunRecord

    /// Enters that a case began.
    func begin(_ draft: Verdict, in folder: URL) throws -> AppendedEntry {
        try log.append { try statement(draft, in: folder, link: $0, files: []) }
    }

    /// Enters how a case ended, with the digests of its files, as the end of the entry with which it began.
    func end(_ verdict: Verdict, in folder: URL, begun: AppendedEntry) throws {
        let files = try CaseFiles(folder: folder, root: root).present()
        _ = try log.append { link in
            guard link.trail == begun.trail else {
                throw EvidenceError(
                    .brokenChain,
                    "\(log.file.path) was replaced while \(folder.lastPathComponent) ran, so its end cannot be "
                        + "entered: leave the evidence folder alone while drills run")
            }
            var link = link
            link.begun = begun.reference
            return try statement(verdict, in: folder, link: link, files: files)
        }
    }

    private func statement(
        _ verdict: Verdict, in folder: URL, link: ChainLink, files: [Statement.Resource]
    ) throws -> Statement {
        let place = CaseFiles(folder: folder, root: root)
        return Statement(
            verdict, of: record, link: link, folder: place.path, runFile: try place.run(), files: files)
    }
}
