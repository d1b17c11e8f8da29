public import Foundation

/// One signature, by the key that its `keyid` spells.
public struct Signature: Codable, Sendable, Equatable {
    /// The public key as 64 hexadecimal digits, so that who signed can be checked before anybody is trusted.
    public var keyid: String
    /// The Ed25519 signature; base64 in JSON.
    public var sig: Data
}

/// A DSSE envelope (https://github.com/secure-systems-lab/dsse): a payload, its type, and who signed both.
///
/// One line of the chain is one envelope. Without a signing key there are no signatures.
struct Envelope: Sendable, Equatable {
    /// The type of in-toto statements.
    static let statementType = "application/vnd.in-toto+json"

    var payload: Data
    var payloadType: String
    var signatures: [Signature]

    /// Seals a payload, signed where there is a key.
    init(_ payload: Data, type: String = statementType, signedBy key: SigningKey?) throws {
        self.payload = payload
        payloadType = type
        signatures =
            try key.map {
                let sig = try $0.signature(of: Self.preAuthentication(type: type, payload))
                return [Signature(keyid: $0.publicKey.id, sig: sig)]
            } ?? []
    }

    /// What is signed: DSSE's pre-authentication encoding, in which type and payload cannot be moved against each other.
    static func preAuthentication(type: String, _ payload: Data) -> Data {
        Data("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}
