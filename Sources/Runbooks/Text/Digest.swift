import Crypto

extension String {
    /// The SHA-256 of its UTF-8, in lower-case hex.
    var sha256: String {
        SHA256.hash(data: [UInt8](utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
