import Foundation
import Testing

@testable import Evidence

/// A line of the chain has one form, and the signatures of its entries hold.
@Suite struct ChainEntryTests {
    @Test func `is read in its one form alone`() throws {
        let key = SigningKey()
        // Four bytes, so that the last character of their base64 has bits to spare.
        let envelope = try Envelope(Data("abcd".utf8), signedBy: key)
        let line = String(decoding: envelope.line, as: UTF8.self)
        #expect(Envelope(line: envelope.line) == envelope)
        let others = [
            line + " ", " " + line, line + "}", String(line.dropLast()), "", "{}",
            line.replacing(":[", with: ": ["), line.replacing(#"","payloadType"#, with: #"", "payloadType"#),
            line.replacing("vnd.in-toto+json", with: #"vnd.in-toto\u002bjson"#),
            line.replacing("application/", with: #"application\/"#),
            line.replacing("YWJjZA==", with: "YWJjZB=="), line.replacing("YWJjZA==", with: "YWJjZA"),
            line.replacing("YWJjZA==", with: "YWJj\nZA=="), line.replacing("}]}", with: "},]}"),
            line.replacing("keyid", with: "keyID"), line.replacing("]}", with: #"],"more":1}"#),
        ]
        for other in others {
            #expect(other != line && Envelope(line: Data(other.utf8)) == nil, "\(other)")
        }
    }

    /// The lines of a signed case, its beginning and its end, and what is found wrong when they are changed.
    private func troubles(_ change: (SampleTrail, inout [Envelope]) throws -> Void) async throws -> [String] {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder, key: SigningKey())
            try trail.pass("one", in: trail.open())
            var envelopes = try trail.lines().map { try #require(Envelope(line: Data($0.utf8))) }
            try change(trail, &envelopes)
            try trail.write(envelopes.map { String(decoding: $0.line, as: UTF8.self) })
            return try ChainReading(contentsOf: trail.chain).troubles.map(\.description)
        }
    }

    private static let broken =
        "this line has a signature that is not of its statement: one of them was changed"

    @Test func `an end whose signature does not hold speaks for nobody`() async throws {
        #expect(
            try await troubles { _, envelopes in
                envelopes[1].signatures[0].sig[0] ^= 1
            } == ["chain.jsonl:2: \(Self.broken)"])
        let both = try await troubles { _, envelopes in
            envelopes[0].signatures[0].sig[0] ^= 1
            // As if the end had named it so; whoever has no key cannot sign that.
            envelopes[1] = try Self.end(envelopes[1], of: envelopes[0], signedBy: nil)
            envelopes[1].signatures = envelopes[0].signatures
        }
        #expect(both == ["chain.jsonl:1: \(Self.broken)", "chain.jsonl:2: \(Self.broken)"])
    }

    @Test func `an end speaks for no beginning that claims another key`() async throws {
        let other = SigningKey().publicKey.id
        let troubles = try await troubles { trail, envelopes in
            envelopes[0].signatures[0].keyid = other
            envelopes[1] = try Self.end(envelopes[1], of: envelopes[0], signedBy: trail.key)
        }
        #expect(troubles == ["chain.jsonl:1: \(Self.broken)"])
    }

    @Test func `an end speaks for its own beginning alone`() async throws {
        let troubles = try await troubles { trail, envelopes in
            let honest = envelopes[0]
            envelopes[0].signatures[0].sig[0] ^= 1
            var statement = try EvidenceJSON.decoder.decode(Statement.self, from: envelopes[1].payload)
            statement.predicate.recoveryDrill.link.previous = SHA256Hex.of(envelopes[0].line)
            #expect(statement.predicate.recoveryDrill.link.begun?.sha256 == SHA256Hex.of(honest.line))
            envelopes[1] = try Envelope(EvidenceJSON.line.encode(statement), signedBy: trail.key)
        }
        #expect(troubles == ["chain.jsonl:1: \(Self.broken)"])
    }

    /// An end made over, so that it follows and names another beginning.
    private static func end(
        _ end: Envelope, of beginning: Envelope, signedBy key: SigningKey?
    ) throws -> Envelope {
        var statement = try EvidenceJSON.decoder.decode(Statement.self, from: end.payload)
        let sha256 = SHA256Hex.of(beginning.line)
        statement.predicate.recoveryDrill.link.previous = sha256
        statement.predicate.recoveryDrill.link.begun?.sha256 = sha256
        return try Envelope(EvidenceJSON.line.encode(statement), signedBy: key)
    }
}
