import Crypto
import Foundation

/// An Ed25519 public key: whoever holds its other half has signed what it verifies.
public struct PublicKey: Sendable, Hashable, CustomStringConvertible {
    /// The key as 64 lower-case hexadecimal digits, which signatures carry as their `keyid`.
    public let id: String

    private let key: Curve25519.Signing.PublicKey

    init(_ key: Curve25519.Signing.PublicKey) {
        self.key = key
        id = SHA256Hex.text(key.rawRepresentation)
    }

    /// The key that 64 hexadecimal digits spell; nil for any other text.
    public init?(id: String) {
        guard id.utf8.count == 64, let bytes = SHA256Hex.bytes(id),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.init(key)
    }

    /// Reads a key from 64 hexadecimal digits or from the PEM file of that path (RFC 8410).
    ///
    /// - Throws: ``EvidenceError`` with code `badKey`, which names the file and what it should hold.
    public init(_ digitsOrPath: String) throws {
        if let key = PublicKey(id: digitsOrPath) {
            self = key
            return
        }
        guard let text = try? String(contentsOfFile: digitsOrPath, encoding: .utf8) else {
            throw EvidenceError(
                .badKey,
                "cannot read the public key \(digitsOrPath): name a .pub file of 'drillctl key new', "
                    + "or give its 64 hexadecimal digits")
        }
        guard let key = PublicKey(pem: text) else {
            throw EvidenceError(
                .badKey,
                "\(digitsOrPath) holds no Ed25519 public key in PEM: give it a .pub file of 'drillctl key new'"
            )
        }
        self = key
    }

    /// Reads a key from the text of a PEM file; nil for any other text.
    public init?(pem: String) {
        guard let bytes = KeyFile.publicKey.bytes(in: pem),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.init(key)
    }

    /// The key as a PEM file that OpenSSL reads.
    public var pem: String { KeyFile.publicKey.text(of: key.rawRepresentation) }

    /// The key's 64 digits.
    public var description: String { id }

    /// Whether the holder of this key signed these bytes.
    func verifies(_ signature: Data, of bytes: Data) -> Bool { key.isValidSignature(signature, for: bytes) }

    /// Keys are the same when their digits are.
    public static func == (left: PublicKey, right: PublicKey) -> Bool { left.id == right.id }

    /// Hashes the digits.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
