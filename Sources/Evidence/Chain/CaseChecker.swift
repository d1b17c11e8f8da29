import Foundation

/// Holds the files of cases against what the chain says of them.
struct CaseChecker {
    let root: URL
    let keys: Set<PublicKey>

    init(root: URL, trusting keys: Set<PublicKey>) {
        self.root = root
        self.keys = keys
    }

    /// A case with everything that is wrong with its evidence.
    func check(_ pair: CasePairing.Pair) -> TrailCase {
        let statement = pair.ended ?? pair.began
        let entry = statement.predicate.recoveryDrill
        var reader = CaseReader(statement, root: root)
        let found = reader.read(hasEnded: pair.ended != nil)
        let troubles = reader.complaints.map { TrailTrouble(folder: entry.folder, $0) }
        let verdict: Verdict
        if !troubles.isEmpty {
            verdict = Verdict(unproven: entry, because: "its evidence does not verify: \(troubles[0].words)")
        } else {
            verdict = found.verdict ?? Verdict(unproven: entry, because: Verdict.cutOff)
        }
        return TrailCase(
            statement: statement, verdict: verdict, run: troubles.isEmpty ? found.run : nil,
            signer: pair.signer, isTrusted: pair.signer.map(keys.contains) ?? false, troubles: troubles)
    }

    /// The cases that lie in the folder and are in no entry, in one note.
    func strays(besides cases: [TrailCase]) -> [String] {
        let known = Set(cases.map(\.entry.folder))
        func folders(_ folder: URL) -> [URL] { (try? Files.folders(in: folder)) ?? [] }
        let strays = folders(root).flatMap(folders).flatMap(folders).filter { folder in
            FileManager.default.fileExists(atPath: folder.appending(path: CaseFiles.verdict).path)
                && !known.contains(CaseFiles(folder: folder, root: root).path)
        }
        guard let first = strays.first else { return [] }
        let path = CaseFiles(folder: first, root: root).path
        let others = strays.count > 1 ? " and \(strays.count - 1) more are" : " is"
        return ["\(path)\(others) in no entry of the chain, so nothing vouches for what it says"]
    }
}

/// Reads the files of one case and keeps every complaint.
private struct CaseReader {
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
        guard files.isPlain, statement.predicate.configuration.map(\.name) == [files.runPath],
            entry.files.allSatisfy({ Self.names.contains($0.name.dropFirst(files.path.count + 1)) })
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

    private static let names: Set<Substring> = [
        Substring(CaseFiles.journal), Substring(CaseFiles.ledger), Substring(CaseFiles.verdict),
    ]

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
