/// Who signed the entries of a log: each signature checked, on all processors.
///
/// A case's end names, by hash, the entry with which the case began. Where both bear the same key, the end's signature
/// speaks for both, and that of the beginning is checked only when the end's does not hold: a signature takes longer
/// than all other checks of an entry. Every verdict's own signature is checked.
struct ChainSigners: Sendable {
    private let entries: [ChainEntry?]
    /// By the place of a beginning, the place of the end that speaks for it.
    private let ends: [Int: Int]

    init(of entries: [ChainEntry?]) {
        self.entries = entries
        var ends: [Int: Int] = [:]
        for (place, end) in entries.enumerated() {
            guard let end, end.keyid != nil, let begun = end.link.begun,
                entries.indices.contains(begun.index),
                let beginning = entries[begun.index], beginning.link.begun == nil,
                beginning.sha256 == begun.sha256, beginning.keyid == end.keyid
            else { continue }
            ends[begun.index] = place
        }
        self.ends = ends
    }

    /// For each entry who signed it, nil where nobody did; or what is wrong with its signature.
    func check() -> [Result<PublicKey?, ChainEntry.Trouble>] {
        let own = Processors.map(entries.count) { place -> Result<PublicKey?, ChainEntry.Trouble>? in
            ends[place] == nil ? entries[place]?.signer() ?? .success(nil) : nil
        }
        return Processors.map(entries.count) { place in
            if let end = ends[place], case .success(let key)? = own[end] { return .success(key) }
            return own[place] ?? entries[place]?.signer() ?? .success(nil)
        }
    }
}
