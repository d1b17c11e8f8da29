extension Statement {
    /// States what a verdict and its run's record say; the same files always give the same statement.
    ///
    /// - Parameters:
    ///   - folder: the case's folder below the evidence folder.
    ///   - runFile: the digest of the run's `run.json`.
    ///   - files: the case's files, by digest.
    init(
        _ verdict: Verdict, of run: RunRecord, link: ChainLink, folder: String, runFile: Resource,
        files: [Resource]
    ) {
        let known = Subject.allCases.compactMap { subject in
            Statement.digest(of: subject, verdict, run).map { digest in
                Resource(
                    name: subject.rawValue, digest: [subject == .commit ? "gitCommit" : "sha256": digest])
            }
        }
        let names = Set(known.map(\.name))
        let test = "\(verdict.drill) / \(verdict.case)"
        let passed = verdict.result == .passed
        let entry = DrillEntry(
            verdict, shelf: run.shelf, link: link, folder: folder,
            unknown: Subject.allCases.map(\.rawValue).filter { !names.contains($0) }, files: files)
        self.init(
            subject: known,
            predicate: Predicate(
                result: passed ? "PASSED" : "FAILED", configuration: [runFile],
                passedTests: passed ? [test] : [], failedTests: passed ? [] : [test], recoveryDrill: entry))
    }

    /// The digest of a subject; nil when neither verdict nor record knows it.
    private static func digest(of subject: Subject, _ verdict: Verdict, _ run: RunRecord) -> String? {
        let digest =
            switch subject {
            case .section: verdict.section?.sha256
            case .mapRow: verdict.mapRowSHA256
            case .plays: run.digests.plays
            case .image: run.digests.image
            case .parity: run.digests.parity
            case .drill: verdict.drillSHA256
            case .harness: run.digests.harness
            case .commit: verdict.commit == "unknown" ? nil : verdict.commit
            }
        return digest?.isEmpty == true ? nil : digest
    }
}

extension Verdict {
    /// The verdict of a case for which nothing but its entry can be believed: unproven, and why.
    init(unproven entry: DrillEntry, because reason: String) {
        self.init(drill: entry.drill, case: entry.case, started: entry.started)
        self.reason = reason
        sandbox.profile = entry.profile
        dirty = entry.dirty
    }
}
