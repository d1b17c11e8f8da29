import Foundation

/// One line of the chain, read by itself: what it says, where it claims to stand, and who signed it.
struct ChainEntry: Sendable {
    /// Why a line is no entry, in words that go after "this line".
    struct Trouble: Error {
        var words: String
    }

    /// SHA-256 of the line.
    let sha256: String
    /// Where it claims to stand.
    let link: ChainLink
    /// The statement, not yet read.
    let payload: Data
    /// Who signed it; nil when nobody did.
    let signer: PublicKey?

    /// The statement.
    func statement() throws -> Statement {
        let statement = try EvidenceJSON.decoder.decode(Statement.self, from: payload)
        guard statement.isOfKnownType else {
            throw Trouble(words: "holds a statement of another type or schema")
        }
        return statement
    }

    /// Reads a line, without its end.
    ///
    /// Of the statement only the link is read: it is what most checks need, and a fifth of the work.
    static func read(_ line: Data) -> Result<ChainEntry, Trouble> {
        guard let envelope = try? EvidenceJSON.decoder.decode(Envelope.self, from: line),
            envelope.line == line
        else { return .failure(Trouble(words: "is no entry in canonical form: some of it was changed")) }
        guard envelope.payloadType == Envelope.statementType,
            let linked = try? EvidenceJSON.decoder.decode(Linked.self, from: envelope.payload)
        else { return .failure(Trouble(words: "holds no statement of a drill")) }
        let signer: PublicKey?
        switch envelope.signatures.count {
        case 0: signer = nil
        case 1:
            guard let key = envelope.signer(of: envelope.signatures[0]) else {
                return .failure(
                    Trouble(words: "has a signature that is not of its statement: one of them was changed"))
            }
            signer = key
        default: return .failure(Trouble(words: "has more than one signature"))
        }
        return .success(
            ChainEntry(
                sha256: SHA256Hex.of(line), link: linked.predicate.recoveryDrill.link,
                payload: envelope.payload, signer: signer))
    }

    /// The part of a statement that ties it into the chain.
    private struct Linked: Decodable {
        struct Predicate: Decodable {
            struct Drill: Decodable {
                var link: ChainLink
            }
            var recoveryDrill: Drill
        }
        var predicate: Predicate
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
