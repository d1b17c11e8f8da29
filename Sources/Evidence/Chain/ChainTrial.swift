import Foundation

/// A chain of many entries in memory, for measuring.
public struct ChainTrial: Sendable {
    private let data: Data

    /// Makes a chain of cases that begin and end, each entry as large as a real one's.
    public init(entries: Int, isSigned: Bool) throws {
        let key = isSigned ? SigningKey() : nil
        let digest = SHA256Hex.of(Data("trial".utf8))
        var record = RunRecord()
        record.shelf = .verdicts
        record.digests = Digests(plays: digest, image: digest, parity: digest, harness: digest)
        var verdict = Verdict(drill: "VaultSeal", case: "operator seal on the active node")
        verdict.section = .init(title: "Vault is sealed", line: 41, sha256: digest)
        (verdict.mapRowSHA256, verdict.drillSHA256, verdict.commit) = (
            digest, digest, String(digest.prefix(40))
        )
        let files = [CaseFiles.journal, CaseFiles.ledger, CaseFiles.verdict]
            .map { Statement.Resource(name: "run/VaultSeal/case/\($0)", sha256: digest) }
        var data = Data()
        var link = ChainLink(trail: String(digest.prefix(32)), index: 0)
        for index in 0..<entries {
            let statement = Statement(
                verdict, of: record, link: link, folder: "run/VaultSeal/case",
                runFile: .init(name: "run/run.json", sha256: digest), files: files)
            let line = try ChainLog.line(of: statement, signedBy: key)
            data += line + Data([UInt8(ascii: "\n")])
            let sha256 = SHA256Hex.of(line)
            link = ChainLink(trail: link.trail, index: index + 1, previous: sha256)
            if index.isMultiple(of: 2) { link.begun = EntryReference(index: index, sha256: sha256) }
        }
        self.data = data
    }

    /// The chain's size.
    public var bytes: Int { data.count }

    /// Checks order, hashes and signatures; how long it took.
    ///
    /// - Throws: ``EvidenceError`` when the chain does not hold, which would measure something else.
    public func check() throws -> Duration {
        let began = ContinuousClock.now
        let reading = ChainReading(data)
        let taken = began.duration(to: .now)
        guard reading.troubles.isEmpty else {
            throw EvidenceError(.brokenChain, "the trial's own chain does not hold: \(reading.troubles[0])")
        }
        return taken
    }
}
