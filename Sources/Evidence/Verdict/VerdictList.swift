public import Foundation

/// All verdicts of one run, in the order of their folders' names.
public struct VerdictList: Sendable, Equatable {
    /// The run's name.
    public let run: String
    /// A case that was begun.
    public struct Case: Sendable, Equatable {
        /// Its folder.
        public let folder: URL
        /// Its verdict; one that cannot be read is unproven and says why.
        public let verdict: Verdict
    }
    /// Every case that was begun.
    public let cases: [Case]
    /// One verdict for each of them.
    public var verdicts: [Verdict] { cases.map(\.verdict) }

    /// Reads a run's folder; throws ``EvidenceError`` when it cannot be listed.
    public init(run folder: URL) throws {
        run = folder.lastPathComponent
        cases = try Files.folders(in: folder).flatMap { suite in
            try Files.folders(in: suite).map {
                Case(folder: $0, verdict: VerdictList.verdict(suite: suite, case: $0))
            }
        }
    }

    /// The verdicts as one JSON array, keys sorted.
    public func json() throws -> String {
        try EvidenceJSON.text(verdicts)
    }

    /// The verdict of one case; one that cannot be read still counts, as unproven.
    private static func verdict(suite: URL, case folder: URL) -> Verdict {
        do {
            return try Verdict(contentsOf: folder.appending(path: CaseFiles.verdict))
        } catch {
            return unreadable(suite, folder, "\(error)")
        }
    }

    private static func unreadable(_ suite: URL, _ folder: URL, _ reason: String) -> Verdict {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
        let date = attributes?[.modificationDate] as? Date ?? Date(timeIntervalSince1970: 0)
        var verdict = Verdict(
            drill: suite.lastPathComponent, case: folder.lastPathComponent, started: Timestamp(date))
        verdict.reason = reason
        return verdict
    }
}
