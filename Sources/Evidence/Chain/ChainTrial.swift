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
        var data = Data()
        var link = ChainLink(trail: String(digest.prefix(32)), index: 0)
        for index in 0..<entries {
            let folder = "20261125T000000Z-0123/VaultSeal/case-\(index / 2)"
            let files = [CaseFiles.journal, CaseFiles.ledger, CaseFiles.verdict]
                .map { Statement.Resource(name: "\(folder)/\($0)", sha256: digest) }
            let statement = Statement(
                verdict, of: record, link: link, folder: folder,
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

    /// Checks order, hashes and signatures, and puts the entries of each case together; how long it took.
    ///
    /// - Throws: ``EvidenceError`` when the chain does not hold, which would measure something else.
    public func check() throws -> Duration {
        let began = ContinuousClock.now
        let reading = ChainReading(data)
        let pairing = CasePairing(reading)
        let taken = began.duration(to: .now)
        if let trouble = (reading.troubles + pairing.troubles).first {
            throw EvidenceError(.brokenChain, "the trial's own chain does not hold: \(trouble)")
        }
        return taken
    }
}
