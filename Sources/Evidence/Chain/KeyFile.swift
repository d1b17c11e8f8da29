import Foundation

/// The two PEM forms of an Ed25519 key, as RFC 8410 fixes them and OpenSSL writes them.
///
/// Both are a constant DER prefix and the key's 32 bytes, so that base64 is one line.
enum KeyFile {
    case privateKey
    case publicKey

    private var label: String {
        switch self {
        case .privateKey: "PRIVATE KEY"
        case .publicKey: "PUBLIC KEY"
        }
    }

    /// PKCS #8 `OneAsymmetricKey` and `SubjectPublicKeyInfo`, both for 1.3.101.112 (RFC 8410, sections 4 and 7).
    private var prefix: [UInt8] {
        switch self {
        case .privateKey:
            [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
        case .publicKey: [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        }
    }

    /// The file's text.
    func text(of key: Data) -> String {
        "-----BEGIN \(label)-----\n\((Data(prefix) + key).base64EncodedString())\n-----END \(label)-----\n"
    }

    /// The 32 bytes of the key in a file's text; nil when it is of another form.
    func bytes(in text: String) -> Data? {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 3, lines[0] == "-----BEGIN \(label)-----", lines[2] == "-----END \(label)-----",
            let der = Data(base64Encoded: String(lines[1])), der.starts(with: prefix),
            der.count == prefix.count + 32
        else { return nil }
        return Data(der.dropFirst(prefix.count))
    }
}
