import Foundation

/// Takes named secrets out of text: every occurrence becomes `[redacted:name]`.
///
/// A secret is found as it is, in base64 (also inside a longer encoded text, and URL-safe), and each of these
/// also percent-encoded or escaped as in JSON, up to twice. A base64 secret, as Vault's shares are, is found in
/// hexadecimal too, since Vault prints both. Not found: base64 broken over lines, a secret cut in two by shell
/// quoting, and one split over two texts.
public struct Redactor: Sendable {
    /// The redactor of someone who holds no secret.
    public static let none = Redactor()

    /// Shorter secrets would redact half of every text, and are refused.
    public static let shortestSecret = 4

    private var patterns: [SecretPattern] = []
    /// For each four bytes, the patterns that an occurrence beginning with them can belong to.
    private var candidates: [UInt32: [Int]] = [:]
    /// Whether any candidate begins with these two bytes: a quick no for almost all places in a text.
    private var pairs: [Bool] = Array(repeating: false, count: 65_536)

    private init() {}

    /// Takes secrets by name, surrounding white space removed as it comes from files.
    ///
    /// Throws ``EvidenceError`` with code `badSecret`, which names the secret and never shows it, when one has
    /// fewer than ``shortestSecret`` characters or its name is not letters, digits, space, `.`, `_` or `-`.
    public init(_ secrets: [String: String]) throws {
        self = try Redactor.none.adding(secrets)
    }

    /// This redactor, knowing more secrets; a name may stand for several values.
    public func adding(_ secrets: [String: String]) throws -> Redactor {
        var extended = self
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            for text in try SecretPattern.texts(of: value, named: name) {
                extended.insert(SecretPattern(text, named: name))
            }
        }
        return extended
    }

    private mutating func insert(_ pattern: SecretPattern) {
        for bytes in pattern.beginnings {
            let beginning = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            candidates[beginning, default: []].append(patterns.count)
            pairs[Int(beginning >> 16)] = true
        }
        patterns.append(pattern)
    }

    /// The text without secrets.
    ///
    /// Where they overlap, all of it goes, under the longest one's name.
    public func redact(_ text: String) -> String {
        guard !patterns.isEmpty else { return text }
        var text = text
        return text.withUTF8 { bytes in
            let found = ranges(in: bytes)
            guard !found.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count)
            var kept = 0
            for match in found {
                result += bytes[kept..<match.range.lowerBound]
                result += Array("[redacted:\(match.name)]".utf8)
                kept = match.range.upperBound
            }
            result += bytes[kept...]
            return String(decoding: result, as: UTF8.self)
        }
    }

    /// The value with every string in it redacted, keys included.
    func redact(_ value: JSONValue) -> JSONValue {
        patterns.isEmpty ? value : value.mapStrings(redact)
    }

    /// The names of the secrets that stand in the text, each with the place where it begins, in UTF-8.
    func occurrences(in text: String) -> [(name: String, offset: Int)] {
        guard !patterns.isEmpty else { return [] }
        var text = text
        return text.withUTF8 { bytes in ranges(in: bytes).map { ($0.name, $0.range.lowerBound) } }
    }

    private struct Match {
        var range: Range<Int>
        var name: String
        var longest: Int
    }

    /// Where secrets stand, in order, overlapping ones joined.
    private func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
        var found: [Match] = []
        guard bytes.count >= 4 else { return [] }
        for start in 0...bytes.count - 4 where pairs[Int(bytes[start]) << 8 | Int(bytes[start + 1])] {
            let beginning = bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            for index in candidates[beginning] ?? [] {
                guard let end = patterns[index].end(in: bytes, from: start) else { continue }
                let length = end - start
                if let last = found.last, start < last.range.upperBound {
                    found[found.count - 1] = Match(
                        range: last.range.lowerBound..<max(last.range.upperBound, end),
                        name: length > last.longest ? patterns[index].name : last.name,
                        longest: max(length, last.longest))
                } else {
                    found.append(Match(range: start..<end, name: patterns[index].name, longest: length))
                }
            }
        }
        return found
    }
}
