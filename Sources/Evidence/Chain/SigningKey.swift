import Crypto
public import Foundation

/// The Ed25519 private key that signs evidence: a file that only its owner can read.
public struct SigningKey: Sendable {
    /// The variable of the environment that names the file.
    public static let variable = "DRILL_KEY"

    private let key: Curve25519.Signing.PrivateKey

    init(_ key: Curve25519.Signing.PrivateKey = .init()) { self.key = key }

    /// Reads a key from its PEM file.
    ///
    /// - Throws: ``EvidenceError`` with code `badKey` when it cannot be read, is of another form, or when anybody
    ///   but its owner may read or write it.
    public init(contentsOf path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EvidenceError(
                .badKey,
                "cannot read the signing key \(path): \(String(cString: strerror(errno))); "
                    + "make one with 'drillctl key new \(path)'")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw EvidenceError(
                .badKey,
                "the signing key \(path) is open to others than its owner: 'chmod 600 \(path)', and take "
                    + "another key if somebody may have read it")
        }
        guard let data = try? file.readToEnd(),
            let bytes = KeyFile.privateKey.bytes(in: String(decoding: data, as: UTF8.self)),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else {
            throw EvidenceError(
                .badKey,
                "\(path) holds no Ed25519 private key in PEM; make one with 'drillctl key new PATH'")
        }
        self.key = key
    }

    /// The key whose file `DRILL_KEY` names; nil where that is not set, and evidence is left unsigned.
    public static func named(
        in environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> SigningKey? {
        let path = environment[variable] ?? ""
        return path.isEmpty ? nil : try SigningKey(contentsOf: path)
    }

    /// Makes a new key: the private half at `path`, its owner's alone, the public half beside it with `.pub`.
    ///
    /// Nothing is ever overwritten. Folders that are missing are made, their owner's alone.
    public static func create(at path: String) throws -> PublicKey {
        let (file, publicFile) = (URL(filePath: path), URL(filePath: path + ".pub"))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let made = SigningKey()
        try write(KeyFile.privateKey.text(of: made.key.rawRepresentation), to: file, mode: 0o600)
        do {
            try write(made.publicKey.pem, to: publicFile, mode: 0o644)
        } catch {
            unlink(file.path)
            throw error
        }
        return made.publicKey
    }

    /// The half that verifies.
    public var publicKey: PublicKey { PublicKey(key.publicKey) }

    /// The signature of some bytes.
    func signature(of bytes: Data) throws -> Data { try key.signature(for: bytes) }

    private static func write(_ text: String, to file: URL, mode: mode_t) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let advice = errno == EEXIST ? "; it is never overwritten, name another" : ""
            throw EvidenceError(
                .badKey, "cannot make the key \(file.path): \(String(cString: strerror(errno)))\(advice)")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            unlink(file.path)
            throw EvidenceError(.badKey, "cannot write the key \(file.path): \(error.localizedDescription)")
        }
    }
}
