public import Foundation
import Synchronization

/// One run's evidence, open for writing.
public final class EvidenceRun: Sendable {
    /// The run's folder.
    public let folder: URL

    private let log: ChainLog
    private let state: Mutex<State>

    private struct State {
        var record: RunRecord
        /// Whether a case has begun, whose entry in the chain holds the digest of `run.json`.
        var isSettled = false
    }

    /// The run of this process in each store, by the store's path.
    private static let ofThisProcess = Mutex<[String: EvidenceRun]>([:])

    init(folder: URL, record: RunRecord, key: SigningKey?) throws {
        self.folder = folder
        log = ChainLog(in: folder.deletingLastPathComponent(), key: key)
        state = Mutex(State(record: record))
        try update { _ in }
    }

    /// The one run that all suites of this process share, opened at the first call with that call's record.
    ///
    /// When opening fails, the next call tries again.
    public static func shared(
        in store: EvidenceStore = .standard(), record: () -> RunRecord = { RunRecord() }
    ) throws -> EvidenceRun {
        try ofThisProcess.withLock { runs in
            if let run = runs[store.root.path] { return run }
            let run = try store.openRun(record())
            runs[store.root.path] = run
            return run
        }
    }

    /// The run's name.
    public var id: String { record.id }

    /// What is known of the run so far.
    public var record: RunRecord { state.withLock { $0.record } }

    /// Changes what is known of the run, and writes `run.json` anew.
    ///
    /// Throws ``EvidenceError`` with code `settled` once a case has begun: the chain holds the file's digest then.
    public func update(_ change: (inout RunRecord) -> Void) throws {
        try state.withLock { state in
            guard !state.isSettled else {
                throw EvidenceError(
                    .settled,
                    "\(folder.path)/run.json cannot be changed any more, since the chain holds its digest: "
                        + "record what is known of a run before its first case begins")
            }
            change(&state.record)
            try Files.replace(
                folder.appending(path: CaseFiles.run), with: EvidenceJSON.pretty.encode(state.record))
        }
    }

    /// Makes a new folder for a case, of sanitised names; one that is run again gets `-2`, `-3` and so on.
    public func caseFolder(suite: String, case name: String) throws -> URL {
        let suiteFolder = folder.appending(path: SafeName.of(suite))
        try Files.makeFolders(suiteFolder)
        for attempt in 1...10_000 {
            let suffix = attempt == 1 ? "" : "-\(attempt)"
            let caseFolder = suiteFolder.appending(path: SafeName.of(name, suffix: suffix))
            if try Files.makeFolder(caseFolder) { return caseFolder }
        }
        throw EvidenceError(.system, "cannot find a free name for '\(name)' in \(suiteFolder.path)")
    }

    /// Begins a case: makes its folder, leaves `draft` there as its verdict, begins its journal, and enters all
    /// that in the chain.
    ///
    /// The draft stays unproven and cut off until ``EvidenceCase/finish(_:)``, so that a case which is killed
    /// is never taken for one that did not exist.
    public func beginCase(_ draft: Verdict, redactor: Redactor) throws -> EvidenceCase {
        let record = state.withLock { state in
            state.isSettled = true
            return state.record
        }
        return try EvidenceCase(
            folder: caseFolder(suite: draft.drill, case: draft.case), draft: draft, redactor: redactor,
            book: CaseBook(log: log, root: folder.deletingLastPathComponent(), record: record))
    }
}
