public import Foundation

/// The folder in which runs leave their evidence: one folder for each run, and `latest`, a link to the newest.
public struct EvidenceStore: Sendable {
    /// The folder; it need not exist yet.
    public let root: URL

    /// Uses this folder.
    public init(root: URL) {
        self.root = root.absoluteURL
    }

    /// The folder that `DRILL_EVIDENCE` names, or else `evidence` in a checkout, or in the working directory where there is
    /// none.
    public static func standard(
        in checkout: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> EvidenceStore {
        let named = environment["DRILL_EVIDENCE"] ?? ""
        let own = checkout.map { "\($0)/evidence" } ?? "evidence"
        return EvidenceStore(root: URL(filePath: named.isEmpty ? own : named))
    }

    /// The link to the run that was opened last.
    private var link: URL { root.appending(path: "latest") }

    /// Opens a new run: makes its folder, writes `run.json`, and points `latest` at it.
    ///
    /// The folder's name is the time in UTC and four random digits; making it is what claims it, so runs that
    /// open at the same moment in several processes get a folder each. Its cases are signed by the key that
    /// `DRILL_KEY` names. Throws ``EvidenceError`` when the disk or its permissions do not allow it, or the key
    /// cannot be used.
    public func openRun(_ record: RunRecord) throws -> EvidenceRun {
        try openRun(record, signedBy: SigningKey.named())
    }

    /// Opens a new run whose cases are signed by a key; nil leaves them unsigned.
    public func openRun(_ record: RunRecord, signedBy key: SigningKey?) throws -> EvidenceRun {
        try Files.makeFolders(root)
        let moment = record.started.compact
        for _ in 0..<100 {
            var record = record
            let digits = String(UInt32.random(in: 0x10000...0x1ffff), radix: 16).dropFirst()
            record.id = "\(moment)Z-\(digits)"
            let folder = root.appending(path: record.id)
            guard try Files.makeFolder(folder) else { continue }
            let run = try EvidenceRun(folder: folder, record: record, key: key)
            try Files.replaceLink(link, to: record.id)
            return run
        }
        throw EvidenceError(.system, "cannot find a free name for a run in \(root.path) after 100 tries")
    }

    /// The folder of a run: the one with this name, or without a name the latest.
    public func runFolder(_ id: String? = nil) throws -> URL {
        guard let id else {
            guard let name = try? FileManager.default.destinationOfSymbolicLink(atPath: link.path) else {
                throw EvidenceError(
                    .noRun, "there is no run in \(root.path) yet: run 'make drill', or set DRILL_EVIDENCE")
            }
            return try runFolder(name)
        }
        let folder = root.appending(path: id)
        guard SafeName.of(id) == id, Files.isFolder(folder) else {
            throw EvidenceError(.noRun, "there is no run '\(id)' in \(root.path): see the names with ls")
        }
        return folder
    }

    /// The names of all runs, oldest first; none where the folder does not exist yet.
    ///
    /// A run is a folder that holds `run.json`: others lie there, too, such as `controls`.
    public func runs() throws -> [String] {
        guard Files.isFolder(root) else { return [] }
        return try Files.folders(in: root).map(\.lastPathComponent).filter {
            FileManager.default.fileExists(atPath: root.appending(path: "\($0)/\(CaseFiles.run)").path)
        }
    }

    /// All verdicts of a run: the one with this name, or without a name the latest.
    public func verdicts(run id: String? = nil) throws -> VerdictList {
        try VerdictList(run: try runFolder(id))
    }
}
