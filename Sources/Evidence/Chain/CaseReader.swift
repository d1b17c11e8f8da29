import Foundation

/// Reads the files of one case and keeps every complaint.
struct CaseReader {
    let statement: Statement
    let files: CaseFiles
    private(set) var complaints: [String] = []

    init(_ statement: Statement, root: URL) {
        self.statement = statement
        files = CaseFiles(root: root, path: statement.predicate.recoveryDrill.folder)
    }

    /// The run's record and, of a case that has ended, its verdict.
    mutating func read(hasEnded: Bool) -> (run: RunRecord?, verdict: Verdict?) {
        let entry = statement.predicate.recoveryDrill
        let (named, own) = (entry.files.map(\.name), Set(Self.names.map { "\(files.path)/\($0)" }))
        guard files.isPlain, statement.predicate.configuration.map(\.name) == [files.runPath],
            own.isSuperset(of: named), Set(named).count == named.count
        else {
            complaints.append("its entry names files that are not those of a case")
            return (nil, nil)
        }
        let run = content(statement.predicate.configuration[0]).flatMap {
            decoded(RunRecord.self, $0, "run.json")
        }
        guard hasEnded else { return (run, nil) }
        var contents: [String: Data] = [:]
        for file in entry.files {
            contents[String(file.name.dropFirst(files.path.count + 1))] = content(file)
        }
        guard complaints.isEmpty else { return (run, nil) }
        guard let data = contents[CaseFiles.verdict], let journal = contents[CaseFiles.journal] else {
            complaints.append("its entry names no verdict or no journal")
            return (run, nil)
        }
        guard let run, let verdict = decoded(Verdict.self, data, CaseFiles.verdict) else { return (run, nil) }
        let restated = Statement(
            verdict, of: run, link: entry.link, folder: entry.folder,
            runFile: statement.predicate.configuration[0], files: entry.files)
        if restated != statement { complaints.append("its entry does not say what its verdict and run say") }
        complaints +=
            CaseJudgement(
                verdict, journal: journal, ledger: contents[CaseFiles.ledger], path: files.path
            ).complaints
        return (run, verdict)
    }

    private static let names = [CaseFiles.journal, CaseFiles.ledger, CaseFiles.verdict]

    /// The content of a file, if it is what the entry says.
    private mutating func content(_ file: Statement.Resource) -> Data? {
        do {
            let data = try files.data(file.name)
            guard file.digest == ["sha256": SHA256Hex.of(data)] else {
                complaints.append("\(file.name) is not what it was when its entry was made")
                return nil
            }
            return data
        } catch {
            complaints.append("\(error)")
            return nil
        }
    }

    private mutating func decoded<Value: Decodable>(_ type: Value.Type, _ data: Data, _ name: String)
        -> Value?
    {
        do {
            return try EvidenceJSON.decoder.decode(type, from: data)
        } catch {
            complaints.append("\(name) cannot be read: \(DecodingTrouble.text(error))")
            return nil
        }
    }
}
