import Foundation

/// One text to look for, each of its characters in any of the ways in which it can be written.
struct SecretPattern: Sendable {
    /// The name of the secret that this text gives away.
    let name: String
    /// For each character, its spellings in UTF-8.
    private let spellings: [[[UInt8]]]

    init(_ text: String, named name: String) {
        self.name = name
        spellings = text.unicodeScalars.map { $0.isASCII ? Self.ascii[Int($0.value)] : Self.spellings($0) }
    }

    /// The first four bytes of everything that can be an occurrence: no secret is shorter.
    var beginnings: Set<[UInt8]> {
        var begun: Set<[UInt8]> = [[]]
        for ways in spellings where begun.contains(where: { $0.count < 4 }) {
            begun = Set(begun.flatMap { start in start.count < 4 ? ways.map { start + $0 } : [start] })
        }
        return Set(begun.map { Array($0.prefix(4)) })
    }

    /// Where the longest occurrence that starts at `start` ends; nil when none starts there.
    func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        // More than one place only while spellings are ambiguous, as `%` and `%25` are.
        var places = [start]
        for ways in spellings {
            var next: [Int] = []
            for place in places {
                for way in ways where Self.stands(way, in: bytes, at: place) {
                    let after = place + way.count
                    if !next.contains(after) { next.append(after) }
                }
            }
            if next.isEmpty { return nil }
            places = next
        }
        return places.max()
    }

    private static func stands(_ way: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard place + way.count <= bytes.count else { return false }
        for (offset, byte) in way.enumerated() where bytes[place + offset] != byte { return false }
        return true
    }

    /// The spellings of ASCII, worked out once: secrets are mostly made of it.
    private static let ascii = (UInt8(0)..<128).map { spellings(Unicode.Scalar($0)) }

    /// How one character can be written: as it is, percent-encoded, and escaped once or twice as in JSON.
    private static func spellings(_ scalar: Unicode.Scalar) -> [[UInt8]] {
        let plain = String(scalar)
        var ways: Set<String> = [plain]
        for hex in [hexLower, hexUpper] {
            ways.insert(plain.utf8.map { "%" + hex($0) }.joined())
            ways.insert(plain.utf16.map { "\\u" + hex(UInt8($0 >> 8)) + hex(UInt8($0 & 0xff)) }.joined())
        }
        if scalar == " " { ways.insert("+") }
        if let short = shortEscapes[scalar] { ways.insert("\\" + short) }
        for way in ways where way.hasPrefix("\\") {
            let again = way.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            ways.formUnion([again, again.replacing("/", with: "\\/")])
        }
        return ways.map { Array($0.utf8) }
    }

    private static let shortEscapes: [Unicode.Scalar: String] = [
        "\"": "\"", "\\": "\\", "/": "/", "\n": "n", "\r": "r", "\t": "t", "\u{8}": "b", "\u{c}": "f",
    ]

    private static func hexLower(_ byte: UInt8) -> String { String(format: "%02x", Int(byte)) }
    private static func hexUpper(_ byte: UInt8) -> String { String(format: "%02X", Int(byte)) }
}

extension SecretPattern {
    /// All texts that give a secret away.
    static func texts(of value: String, named name: String) throws -> Set<String> {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "._- "))
        guard !name.isEmpty, name.unicodeScalars.allSatisfy(allowed.contains) else {
            throw EvidenceError(
                .badSecret,
                "a secret has an unusable name; name it in letters, digits, space, '.', '_' or '-'")
        }
        let secret = value.trimmingCharacters(in: .whitespacesAndNewlines)
        guard secret.unicodeScalars.count >= Redactor.shortestSecret else {
            throw EvidenceError(
                .badSecret,
                "the secret '\(name)' is shorter than \(Redactor.shortestSecret) characters and cannot be "
                    + "redacted safely; use a longer one")
        }
        var texts: Set<String> = [secret]
        for whole in [secret] + lines(of: secret) {
            texts.insert(whole)
            texts.insert(whole.utf8.map(hexLower).joined())
            texts.insert(whole.utf8.map(hexUpper).joined())
            let encoded = base64(of: Array(whole.utf8))
            texts.formUnion(encoded)
            texts.formUnion(encoded.map { $0.replacing("+", with: "-").replacing("/", with: "_") })
        }
        if let decoded = Data(base64Encoded: secret), decoded.count >= 16 {
            texts.insert(decoded.map(hexLower).joined())
            texts.insert(decoded.map(hexUpper).joined())
        }
        return texts
    }

    /// The lines of a secret of several lines, such as a private key, that can give it away by themselves.
    private static func lines(of secret: String) -> [String] {
        guard secret.contains(where: \.isNewline) else { return [] }
        return secret.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.count >= 16 && !$0.hasPrefix("-----") }
    }

    /// The bytes in base64 by themselves, and what is certain of them at each place within a longer text.
    private static func base64(of bytes: [UInt8]) -> Set<String> {
        let alone = Data(bytes).base64EncodedString()
        var texts: Set<String> = [alone, String(alone.prefix { $0 != "=" })]
        for before in 0..<3 {
            let shifted = Data(Array(repeating: 0, count: before) + bytes).base64EncodedString()
            let certain = (before + bytes.count) * 8 / 6
            let uncertain = [0, 2, 3][before]
            texts.insert(String(shifted.prefix(certain).dropFirst(uncertain)))
        }
        return texts
    }
}
