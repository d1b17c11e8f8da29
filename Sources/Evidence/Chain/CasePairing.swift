import Foundation

/// Puts the two entries of each case together: the one with which it began, and the one with which it ended.
struct CasePairing {
    /// A case by its entries.
    struct Pair {
        /// The line of `chain.jsonl` at which it began, counted from 1.
        let line: Int
        let began: Statement
        var ended: Statement?
        /// Who signed the last of them.
        var signer: PublicKey?
    }

    /// The cases, in the order in which they began.
    private(set) var cases: [Pair] = []
    /// What does not fit together.
    private(set) var troubles: [TrailTrouble] = []
    /// The place among the cases, by the hash of the entry with which one began.
    private var places: [String: Int] = [:]
    private var folders: Set<String> = []

    /// Takes the entries of a log, in order.
    init(_ reading: ChainReading) {
        for (index, entry) in reading.entries.enumerated() {
            guard let entry else { continue }
            do {
                try take(entry, try entry.statement(), line: index + 1)
            } catch let trouble as ChainEntry.Trouble {
                troubles.append(TrailTrouble(line: index + 1, "this entry \(trouble.words)"))
            } catch {
                troubles.append(
                    TrailTrouble(
                        line: index + 1,
                        "this entry holds no statement of a drill: \(DecodingTrouble.text(error))"))
            }
        }
    }

    private mutating func take(_ entry: ChainEntry, _ statement: Statement, line: Int) throws {
        let said = statement.predicate.recoveryDrill
        guard let begun = said.link.begun else {
            guard folders.insert(said.folder).inserted else {
                throw ChainEntry.Trouble(words: "begins \(said.folder), which had begun before")
            }
            guard said.verdict == .unproven else {
                throw ChainEntry.Trouble(words: "gives a verdict on \(said.folder), which only begins here")
            }
            places[entry.sha256] = cases.count
            cases.append(Pair(line: line, began: statement, signer: entry.signer))
            return
        }
        guard let place = places[begun.sha256], cases[place].line == begun.index + 1,
            cases[place].began.isOfSameCase(as: statement)
        else {
            throw ChainEntry.Trouble(words: "ends \(said.folder), which no entry before it begins")
        }
        guard cases[place].ended == nil else {
            throw ChainEntry.Trouble(words: "ends \(said.folder), which had ended before")
        }
        cases[place].ended = statement
        cases[place].signer = entry.signer
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
