/// Refuses keys that nobody reads: a misspelt one would change what a rule means without a word.
enum StrictKeys {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Throws `DecodingError` where a mapping has a key that is none of these.
    static func check<Key: CodingKey & CaseIterable>(_ decoder: any Decoder, _ known: Key.Type) throws {
        let keys = try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue)
        let names = Set(Key.allCases.map(\.stringValue))
        guard let stranger = keys.first(where: { !names.contains($0) }) else { return }
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: decoder.codingPath,
                debugDescription:
                    "'\(stranger)' is no key here; known are \(names.sorted().joined(separator: ", "))"))
    }
}
