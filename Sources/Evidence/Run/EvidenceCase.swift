public import Foundation

/// One case's evidence, open for writing: its journal, its verdict, and its two entries in the chain.
public final class EvidenceCase: Sendable {
    /// The case's folder.
    public let folder: URL
    /// The case's journal, begun.
    public let journal: Journal

    private let book: CaseBook
    private let begun: AppendedEntry

    /// Leaves the draft as the verdict of a case that is cut off here, and enters in the chain that it began.
    init(folder: URL, draft: Verdict, redactor: Redactor, book: CaseBook) throws {
        self.folder = folder
        self.book = book
        journal = try Journal(creating: folder.appending(path: CaseFiles.journal), redactor: redactor)
        var draft = draft
        draft.result = .unproven
        draft.reason = Verdict.cutOff
        draft.finished = nil
        begun = try book.begin(Self.write(draft, redactor, to: folder), in: folder)
    }

    /// The file of the verdict, `verdict.json`.
    public var verdictFile: URL { folder.appending(path: CaseFiles.verdict) }

    /// Ends the case: records the verdict in the journal, puts it in the place of the draft, and enters it in the chain.
    ///
    /// All three pass the journal's redactor. `finished` is set to now when it is still null. Nothing may be written
    /// into the case's folder any more: the entry holds the digests of its files. What cannot be entered is no verdict: the
    /// file then says that it is unproven. Call it once.
    public func finish(_ verdict: Verdict) throws {
        var verdict = verdict
        let event = try journal.record(.verdict(.init(result: verdict.result, reason: verdict.reason)))
        verdict.finished = verdict.finished ?? event.t
        let written = try Self.write(verdict, journal.redactor, to: folder)
        do {
            try book.end(written, in: folder, begun: begun)
        } catch {
            verdict.result = .unproven
            verdict.reason = "its end could not be entered in the chain: \(error)"
            _ = try? Self.write(verdict, journal.redactor, to: folder)
            throw error
        }
    }

    /// Writes a verdict without its secrets; returns what was written.
    private static func write(_ verdict: Verdict, _ redactor: Redactor, to folder: URL) throws -> Verdict {
        let data = try EvidenceJSON.pretty.encode(redactor.redact(EvidenceJSON.tree(verdict)))
        try Files.replace(folder.appending(path: CaseFiles.verdict), with: data)
        return try EvidenceJSON.decoder.decode(Verdict.self, from: data)
    }
}
