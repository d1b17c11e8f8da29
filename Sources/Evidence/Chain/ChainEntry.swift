import Foundation

/// One line of the chain, read by itself: what it says, where it claims to stand, and whose signature it bears.
///
/// It is a class because it never changes and is handed on by the hundred thousand.
final class ChainEntry: Sendable {
    /// Why a line is no entry, in words that go after "this line".
    struct Trouble: Error {
        var words: String
    }

    /// SHA-256 of the line.
    let sha256: String
    /// What its statement says of its place and its case.
    let outline: StatementOutline
    private let envelope: Envelope

    /// Where it claims to stand.
    var link: ChainLink { outline.link }
    /// The key that it claims to be signed by, not yet checked; nil when it bears no signature.
    var keyid: String? { envelope.signatures.first?.keyid }

    private init(sha256: String, outline: StatementOutline, envelope: Envelope) {
        self.sha256 = sha256
        self.outline = outline
        self.envelope = envelope
    }

    /// Reads a line, without its end; its signature is for ``signer()`` to check.
    static func read(_ line: Data) -> Result<ChainEntry, Trouble> {
        guard let envelope = Envelope(line: line) else {
            return .failure(Trouble(words: "is no entry in canonical form: some of it was changed"))
        }
        guard envelope.payloadType == Envelope.statementType,
            let outline = try? EvidenceJSON.decoder.decode(StatementOutline.self, from: envelope.payload)
        else { return .failure(Trouble(words: "holds no statement of a drill")) }
        guard outline.isOfKnownType else {
            return .failure(Trouble(words: "holds a statement of another type or schema"))
        }
        // Places are counted on from these.
        guard [outline.link.index, outline.link.begun?.index ?? 0].allSatisfy((0..<Int.max).contains) else {
            return .failure(Trouble(words: "stands at no place that a chain has"))
        }
        guard envelope.signatures.count < 2 else {
            return .failure(Trouble(words: "has more than one signature"))
        }
        return .success(ChainEntry(sha256: SHA256Hex.of(line), outline: outline, envelope: envelope))
    }

    /// Who signed it; nil when nobody did.
    func signer() -> Result<PublicKey?, Trouble> {
        guard let signature = envelope.signatures.first else { return .success(nil) }
        guard let key = envelope.signer(of: signature) else {
            return .failure(
                Trouble(words: "has a signature that is not of its statement: one of them was changed"))
        }
        return .success(key)
    }

    /// The whole statement.
    func statement() throws -> Statement {
        try EvidenceJSON.decoder.decode(Statement.self, from: envelope.payload)
    }
}

extension Envelope {
    /// The key that made a signature; nil when the key that it names did not.
    func signer(of signature: Signature) -> PublicKey? {
        guard let key = PublicKey(id: signature.keyid),
            key.verifies(signature.sig, of: Self.preAuthentication(type: payloadType, payload))
        else { return nil }
        return key
    }
}
