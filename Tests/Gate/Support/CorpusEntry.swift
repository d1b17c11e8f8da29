import Foundation
import Testing

/// One change of the corpus: a diff, and above it the decision that the gate owes it.
struct CorpusEntry: Sendable, CustomTestStringConvertible {
    let name: String
    /// What is said of it above the diff, by key.
    let said: [String: String]
    let diff: String

    var testDescription: String { "\(name): \(said["what"] ?? "")" }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The whole corpus, by name.
    static let all: [CorpusEntry] = {
        let corpus = folder.appending(path: "Corpus").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? []
        return names.sorted().filter { $0.hasSuffix(".diff") }.compactMap { name in
            FileManager.default.contents(atPath: "\(corpus)/\(name)").map {
                CorpusEntry(name: String(name.dropLast(5)), text: String(decoding: $0, as: UTF8.self))
            }
        }
    }()

    init(name: String, text: String) {
        self.name = name
        let end = text.range(of: "\n\n")
        let head = text[..<(end?.lowerBound ?? text.endIndex)]
        let pairs = head.split(separator: "\n").compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(colon, offsetBy: 2)...]
            return (String(line[..<colon].dropFirst(2)), String(value))
        }
        said = Dictionary(pairs) { first, _ in first }
        diff = end.map { String(text[$0.upperBound...]) } ?? ""
    }
}
