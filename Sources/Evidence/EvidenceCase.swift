public import Foundation

/// One case's evidence, open for writing: its journal and its verdict.
public final class EvidenceCase: Sendable {
    /// The case's folder.
    public let folder: URL
    /// The case's journal, begun.
    public let journal: Journal

    init(folder: URL, draft: Verdict, redactor: Redactor) throws {
        self.folder = folder
        journal = try Journal(creating: folder.appending(path: "journal.jsonl"), redactor: redactor)
        try keep(draft: draft)
    }

    /// The file of the verdict, `verdict.json`.
    public var verdictFile: URL { folder.appending(path: "verdict.json") }

    /// Keeps what is known so far as the verdict of a case that is cut off here: unproven, whatever it says.
    public func keep(draft: Verdict) throws {
        var draft = draft
        draft.result = .unproven
        draft.reason = Verdict.cutOff
        draft.finished = nil
        try write(draft)
    }

    /// Ends the case: records the verdict in the journal, then puts it in the place of the draft.
    ///
    /// Both pass the journal's redactor. `finished` is set to now when it is still null.
    public func finish(_ verdict: Verdict) throws {
        var verdict = verdict
        let event = try journal.record(.verdict(.init(result: verdict.result, reason: verdict.reason)))
        verdict.finished = verdict.finished ?? event.t
        try write(verdict)
    }

    private func write(_ verdict: Verdict) throws {
        let tree = journal.redactor.redact(try EvidenceJSON.tree(verdict))
        try Files.replace(verdictFile, with: EvidenceJSON.pretty.encode(tree))
    }
}
