/// Something in a trail that is not as it was written, in words.
public struct TrailTrouble: Error, Codable, Sendable, Equatable, CustomStringConvertible {
    /// The line of `chain.jsonl`, counted from 1; null when it is about the trail as a whole.
    @ExplicitNull public var line: Int?
    /// The case's folder below the evidence folder; null when it is not about one case.
    @ExplicitNull public var folder: String?
    /// What is wrong.
    public var words: String

    init(line: Int? = nil, folder: String? = nil, _ words: String) {
        self.line = line
        self.folder = folder
        self.words = words
    }

    /// The trouble in one line, place first.
    public var description: String {
        let places = [line.map { "\(ChainLog.name):\($0)" }, folder].compactMap(\.self)
        return (places + [words]).joined(separator: ": ")
    }
}
