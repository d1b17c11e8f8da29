import Foundation

/// The files of one case that its last entry holds the digests of, and its run's.
package struct CaseFiles {
    package static let journal = "journal.jsonl"
    package static let ledger = "ledger.jsonl"
    package static let verdict = "verdict.json"
    /// What its run's folder has.
    package static let run = "run.json"

    /// The evidence folder.
    let root: URL
    /// The case's folder below it: run, suite and case.
    let path: String

    init(root: URL, path: String) {
        self.root = root
        self.path = path
    }

    /// Of a case's folder, which is three below the evidence folder.
    init(folder: URL, root: URL) {
        self.root = root
        path = folder.pathComponents.suffix(3).joined(separator: "/")
    }

    /// Whether the path is what a case's folder has: three names, none of which leads elsewhere.
    var isPlain: Bool {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 3 && names.allSatisfy { SafeName.of(String($0)) == $0 }
    }

    /// The path of `run.json` below the evidence folder.
    var runPath: String { "\(path.prefix { $0 != "/" })/\(Self.run)" }

    /// `run.json` by its digest.
    func run() throws -> Statement.Resource {
        Statement.Resource(name: runPath, sha256: SHA256Hex.of(try data(runPath)))
    }

    /// The case's files that are there, by their digests.
    func present() throws -> [Statement.Resource] {
        try [Self.journal, Self.ledger, Self.verdict].map { "\(path)/\($0)" }
            .filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
            .map { Statement.Resource(name: $0, sha256: SHA256Hex.of(try data($0))) }
    }

    /// The content of a file below the evidence folder.
    func data(_ path: String) throws -> Data {
        let file = root.appending(path: path)
        do {
            return try Data(contentsOf: file, options: .alwaysMapped)
        } catch {
            throw EvidenceError(.unreadable, "cannot read \(file.path): \(error.localizedDescription)")
        }
    }
}
