public import Foundation

/// A whole evidence folder, read and checked offline: every case that its chain tells of, and everything that is wrong.
///
/// Checked are order, hashes and signatures of the chain, the digests of the files beside it, and that each verdict
/// is what its journals say when they are judged again. What cannot be told without a head kept elsewhere is told by
/// ``limits``.
public struct EvidenceTrail: Sendable {
    /// The cases, in the order in which they began.
    public let cases: [TrailCase]
    /// Lines of the chain.
    public let entries: Int
    /// Where the trail ends now, not signed; nil without an entry.
    public let head: ChainHead?
    /// Everything that is wrong, in the chain's order; empty for a trail that verifies.
    public let troubles: [TrailTrouble]
    /// What is not wrong, and still worth knowing: a torn end, a case that was cut off, folders that no entry names.
    public let notes: [String]
    /// Whoever signed an entry, with how many; entries that nobody signed are not in it.
    public let signers: [PublicKey: Int]
    /// The head that it was held against.
    public let trustedHead: ChainHead?
    /// The keys that are trusted; empty where none was named.
    public let trustedKeys: Set<PublicKey>

    /// Whether nothing is wrong.
    public var isSound: Bool { troubles.isEmpty }

    /// Reads and checks an evidence folder.
    ///
    /// - Parameters:
    ///   - root: the folder with `chain.jsonl` and the runs.
    ///   - head: the head that was kept elsewhere; where keys are named, one of them must have signed it.
    ///   - keys: whose signatures are trusted. An entry that none of them signed is no trouble of the trail: look at
    ///     ``TrailCase/isTrusted``.
    ///   - progress: told how many cases of how many are checked.
    /// - Throws: ``EvidenceError`` when there is no chain, or no entry in it and no head, or it cannot be read.
    public init(
        verifying root: URL, against head: ChainHead? = nil, trusting keys: Set<PublicKey> = [],
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let reading = try ChainReading(contentsOf: root.appending(path: ChainLog.name))
        // Against a head, entries that are gone are a trouble of the trail.
        guard !reading.entries.isEmpty || head != nil else {
            throw EvidenceError.noEntry(in: root)
        }
        let pairing = CasePairing(reading)
        let files = CaseChecker(root: root, trusting: keys)
        var (cases, troubles): ([TrailCase], [TrailTrouble]) = ([], [])
        for first in stride(from: 0, to: pairing.cases.count, by: 64) {
            let last = min(first + 64, pairing.cases.count)
            for result in Processors.map(
                last - first, inBatchesOf: 1, { files.check(pairing.cases[first + $0]) })
            {
                switch result {
                case .success(let one):
                    cases.append(one)
                    troubles += one.troubles
                case .failure(let trouble): troubles.append(trouble)
                }
            }
            progress(last, pairing.cases.count)
        }
        self.cases = cases
        self.troubles =
            reading.troubles + Self.troubles(of: reading, against: head, trusting: keys) + pairing.troubles
            + troubles
        notes = Self.notes(reading) + files.strays(besides: pairing.folders)
        entries = reading.entries.count
        self.head = ChainHead(reading)
        signers = reading.signers.reduce(into: [:]) { counts, signer in
            if let signer { counts[signer, default: 0] += 1 }
        }
        trustedHead = head
        trustedKeys = keys
    }

    /// How the chain differs from the head that was kept.
    private static func troubles(
        of reading: ChainReading, against head: ChainHead?, trusting keys: Set<PublicKey>
    ) -> [TrailTrouble] {
        guard let head else { return [] }
        if !keys.isEmpty, head.signer.map(keys.contains) != true {
            return [TrailTrouble("the head is not signed by a trusted key, so it shows nothing")]
        }
        guard head.count <= reading.entries.count else {
            return [
                TrailTrouble(
                    "the head counts \(head.count) entries and the chain has \(reading.entries.count): "
                        + "those at the end were removed")
            ]
        }
        guard reading.sha256(at: head.count - 1) == head.hash else {
            return [
                TrailTrouble(
                    line: head.count,
                    "this is not the entry that the head names: it or one before it was changed, "
                        + "or the whole trail was written anew")
            ]
        }
        return []
    }

    /// What this check cannot exclude, in words; it gets shorter with a head that was kept and with trusted keys.
    public var limits: [String] {
        let hasKeys = !trustedKeys.isEmpty
        let anew = hasKeys ? "by a holder of a trusted key" : "by anybody who can write to the folder"
        guard let trustedHead else {
            return [
                "without a head that was kept elsewhere: that entries were removed from the end",
                "without a head that was kept elsewhere: that the whole trail was written anew \(anew)",
            ]
        }
        let later = entries - trustedHead.count
        guard later > 0 else { return [] }
        return [
            "of what came after the head, \(later) of \(entries): that entries were removed, or written \(anew)"
        ]
    }

    private static func notes(_ reading: ChainReading) -> [String] {
        var notes: [String] = []
        if reading.tornBytes > 0 {
            notes.append(
                "\(ChainLog.name) ends in \(reading.tornBytes) bytes of a torn entry, as a crash leaves it; "
                    + "the next entry takes its place")
        }
        for (index, entry) in reading.entries.enumerated() {
            if let cut = entry?.link.cutBytes {
                notes.append(
                    "\(ChainLog.name):\(index + 1): took the place of \(cut) bytes that a crash had torn")
            }
        }
        return notes
    }
}
