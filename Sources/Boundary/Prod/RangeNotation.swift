/// The short ways to write many addresses in one word.
enum RangeNotation {
    /// What the word stands for: `.[201:203]` (Ansible), `.20[1-3]`, `{201..203}`, `{203..201..1}`, `2{01..03}`,
    /// `{201,202}` (shells), `.201-203`, `.0-2.`, `.1,201` and `.*` (nmap) written out, and the word itself.
    ///
    /// It stops at 4096 words: nobody writes more than that by hand.
    static func expand(_ word: String) -> [String] {
        guard word.contains(where: { "[{-*,".contains($0) }) else { return [word] }
        var done: [String] = []
        var open = [word]
        while let next = open.popLast() {
            // What is half expanded as well: what looks like a list may be two addresses with a comma between them.
            done.append(next)
            if done.count + open.count < 4096, let alternatives = expandFirst(next) { open += alternatives }
        }
        return done
    }

    private static func expandFirst(_ word: String) -> [String]? {
        let brackets = word.matches(of: /\[([0-9]{1,3})[:\-]([0-9]{1,3})(?::[0-9]+)?\]/).lazy
        // One that counts down is none, and hides none beside it.
        if let words = brackets.compactMap({ counted(word, $0.range, $0.1, $0.2) }).first { return words }
        if let match = word.firstMatch(of: /\{([0-9]{1,3})\.\.([0-9]{1,3})(?:\.\.[+\-]?([0-9]+))?\}/),
            let first = Int(match.1), let last = Int(match.2)
        {
            // As bash has it: up or down as the ends say, whatever the step's sign, and 0 is 1.
            let step = max(1, match.3.flatMap { Int($0) } ?? 1)
            let width = width(match.1, match.2)
            return stride(from: first, through: last, by: first <= last ? step : -step).map {
                word.replacingCharacters(match.range, with: padded($0, to: width))
            }
        }
        if let match = word.firstMatch(of: /\{([0-9A-Fa-fx.:]*(?:,[0-9A-Fa-fx.:]*)+)\}/) {
            return match.1.split(separator: ",", omittingEmptySubsequences: false).map {
                word.replacingCharacters(match.range, with: $0)
            }
        }
        let dashes = word.matches(of: /\.([0-9]{1,3})-([0-9]{1,3})(?![0-9])/).lazy
        if let words = dashes.compactMap({ counted(word, $0.range, $0.1, $0.2, prefix: ".") }).first {
            return words
        }
        if let match = word.firstMatch(of: /\.([0-9]{1,3}(?:,[0-9]{1,3})+)(?![0-9])/) {
            return match.1.split(separator: ",").map { word.replacingCharacters(match.range, with: "." + $0) }
        }
        if let match = word.firstMatch(of: /\.(\*)(?![0-9*])/), word.contains(where: \.isNumber) {
            return counted(word, match.range, "0", "255", prefix: ".")
        }
        return nil
    }

    private static func counted(
        _ word: String, _ range: Range<String.Index>, _ first: Substring, _ last: Substring,
        prefix: String = ""
    ) -> [String]? {
        let width = width(first, last)
        guard let first = Int(first), let last = Int(last), first <= last else { return nil }
        return (first...last).map { word.replacingCharacters(range, with: prefix + padded($0, to: width)) }
    }

    /// As many digits as the longer end has, where one begins with a zero; else none are added.
    private static func width(_ first: Substring, _ last: Substring) -> Int {
        [first, last].contains { $0.count > 1 && $0.hasPrefix("0") } ? max(first.count, last.count) : 0
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: some StringProtocol) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }
}
