import Foundation

/// A checkpoint in a program's cache of which there is nothing but its safe, kept as the plays leave it.
struct FakeCheckpoint {
    static let token = "s.Vq7" + "mPz3LkT9wXr2BnC5dHf8j"
    let safe: String

    init(in program: Program) throws {
        let folder = "\(program.scratch)/cache/checkpoint/0123456789abcdef"
        safe = "\(folder)/safe"
        try FileManager.default.createDirectory(
            atPath: "\(safe)/passwords", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for (name, text) in [
            (
                "shares.json",
                #"{"shares": ["share-one-of-two", "share-two-of-two"], "root_token": "the-root-token"}"#
            ),
            ("operator_token", Self.token), ("writer_token", "the-writer-token"),
            ("offsite_token", "the-offsite-token"), ("canary_secret_id", "the-secret-id"),
            ("passwords/git", "the-git-password"), ("../manifest.json", "{}"),
        ] {
            let path = "\(safe)/\(name)"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
    }
}
