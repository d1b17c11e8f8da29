/// Puts the two entries of each case together: the one with which it began, and the one with which it ended.
struct CasePairing: Sendable {
    /// A case by its entries.
    struct Pair: Sendable {
        /// The line of `chain.jsonl` at which it began, counted from 1.
        let line: Int
        let began: ChainEntry
        /// The line at which it ended; nil where it was cut off, as is ``ended``.
        fileprivate(set) var lastLine: Int?
        fileprivate(set) var ended: ChainEntry?
        /// Who signed the last of them.
        fileprivate(set) var signer: PublicKey?
    }

    /// The cases, in the order in which they began.
    private(set) var cases: [Pair] = []
    /// What does not fit together.
    private(set) var troubles: [TrailTrouble] = []
    /// The place among the cases, by the hash of the entry with which one began.
    private var places: [String: Int] = [:]
    /// The folders of the cases, below the evidence folder.
    private(set) var folders: Set<String> = []

    /// Takes the entries of a log, in order.
    init(_ reading: ChainReading) {
        for (index, (entry, signer)) in zip(reading.entries, reading.signers).enumerated() {
            guard let entry else { continue }
            do throws(ChainEntry.Trouble) {
                try take(entry, signedBy: signer, line: index + 1)
            } catch {
                troubles.append(TrailTrouble(line: index + 1, "this entry \(error.words)"))
            }
        }
    }

    private mutating func take(_ entry: ChainEntry, signedBy signer: PublicKey?, line: Int)
        throws(ChainEntry.Trouble)
    {
        let folder = entry.outline.folder
        guard let begun = entry.link.begun else {
            guard folders.insert(folder).inserted else {
                throw ChainEntry.Trouble(words: "begins \(folder), which had begun before")
            }
            guard entry.outline.verdict == .unproven else {
                throw ChainEntry.Trouble(words: "gives a verdict on \(folder), which only begins here")
            }
            places[entry.sha256] = cases.count
            cases.append(Pair(line: line, began: entry, signer: signer))
            return
        }
        guard let place = places[begun.sha256], cases[place].line == begun.index + 1,
            cases[place].began.outline.folder == folder
        else {
            throw ChainEntry.Trouble(words: "ends \(folder), which no entry before it begins")
        }
        guard cases[place].ended == nil else {
            throw ChainEntry.Trouble(words: "ends \(folder), which had ended before")
        }
        (cases[place].ended, cases[place].lastLine, cases[place].signer) = (entry, line, signer)
    }
}
