import Foundation

/// Holds the files of cases against what the chain says of them.
struct CaseChecker: Sendable {
    let root: URL
    let keys: Set<PublicKey>

    init(root: URL, trusting keys: Set<PublicKey>) {
        self.root = root
        self.keys = keys
    }

    /// A case with everything that is wrong with its evidence; a trouble alone where an entry cannot be read.
    func check(_ pair: CasePairing.Pair) -> Result<TrailCase, TrailTrouble> {
        let began: Statement
        let ended: Statement?
        do throws(TrailTrouble) {
            began = try statement(pair.began, line: pair.line)
            ended = if let last = pair.ended { try statement(last, line: pair.lastLine) } else { nil }
        } catch {
            return .failure(error)
        }
        let statement = ended ?? began
        let entry = statement.predicate.recoveryDrill
        var reader = CaseReader(statement, root: root)
        let found = reader.read(hasEnded: ended != nil)
        var troubles = reader.complaints.map { TrailTrouble(folder: entry.folder, $0) }
        if let ended, !began.isOfSameCase(as: ended) {
            troubles.insert(
                TrailTrouble(
                    line: pair.lastLine, folder: entry.folder, "it ends as another case than it began"),
                at: 0)
        }
        let verdict: Verdict
        if !troubles.isEmpty {
            verdict = Verdict(unproven: entry, because: "its evidence does not verify: \(troubles[0].words)")
        } else {
            verdict = found.verdict ?? Verdict(unproven: entry, because: Verdict.cutOff)
        }
        return .success(
            TrailCase(
                statement: statement, verdict: verdict, run: troubles.isEmpty ? found.run : nil,
                signer: pair.signer, isTrusted: pair.signer.map(keys.contains) ?? false, troubles: troubles))
    }

    private func statement(_ entry: ChainEntry, line: Int?) throws(TrailTrouble) -> Statement {
        do {
            return try entry.statement()
        } catch {
            throw TrailTrouble(
                line: line, "this entry holds no statement of a drill: \(DecodingTrouble.text(error))")
        }
    }

    /// The cases that lie in the folder and are in no entry, in one note.
    func strays(besides known: Set<String>) -> [String] {
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

extension Statement {
    /// Whether two statements are about the same case of the same run.
    fileprivate func isOfSameCase(as other: Statement) -> Bool {
        let (one, two) = (predicate.recoveryDrill, other.predicate.recoveryDrill)
        return one.folder == two.folder && one.drill == two.drill && one.case == two.case
            && one.started == two.started && subject == other.subject
            && predicate.configuration == other.predicate.configuration
    }
}
