import Foundation
import Testing

@testable import DrillKit

@Suite("A safe") struct SafeKeepingTests {
    /// A safe as the plays leave it, in a folder that is removed again.
    private func withSafe(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/safe-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = FileManager.default
        for part in ["", "/passwords", "/tls"] {
            try files.createDirectory(
                atPath: folder + part, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        let secrets = [
            "shares.json": #"{"shares": ["share one", "share two"], "root_token": "s.root"}"#,
            "operator_token": "s.operator", "writer_token": "s.writer", "offsite_token": "s.offsite",
            "canary_secret_id": "canary secret", "passwords/git": "git password", "ca.key": "the CA's key",
            "tls/pi1.key": "pi1's key", "operator_ed25519": "the operator's key",
        ]
        for (name, text) in secrets {
            try put(text, at: "\(folder)/\(name)", mode: 0o600)
        }
        for name in ["ca.pem", "tls/pi1.pem", "operator_ed25519.pub"] {
            try put(name, at: "\(folder)/\(name)", mode: 0o644)
        }
        try body(folder)
    }

    private func put(_ text: String, at path: String, mode: Int) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func hasEverySecretByName() throws {
        try withSafe { folder in
            let secrets = try SafeKeeping(folder: folder).secrets()
            #expect(
                secrets.keys.sorted() == [
                    "ca.key", "canary-secret-id", "git-password", "offsite-token", "operator-token",
                    "operator_ed25519", "root-token", "share-1", "share-2", "tls-pi1.key", "writer-token",
                ])
            #expect(secrets["tls-pi1.key"] == "pi1's key")
        }
    }

    @Test func isKeptWell() throws {
        try withSafe { folder in
            let troubles = try SafeKeeping(folder: folder).troubles()
            #expect(troubles == [])
        }
    }

    @Test(arguments: [
        ("", 0o755, "has mode 755; chmod 700 it"), ("/passwords", 0o710, "has mode 710; chmod 700 it"),
        ("/shares.json", 0o640, "has mode 640; chmod 600 it"),
        ("/ca.key", 0o604, "has mode 604; chmod 600 it"),
        ("/passwords/git", 0o700, "has mode 700; chmod 600 it"),
    ]) func tellsWhatOthersCanRead(_ path: String, _ mode: Int, _ words: String) throws {
        try withSafe { folder in
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder + path)
            let troubles = try SafeKeeping(folder: folder).troubles()
            #expect(troubles == ["\(folder)\(path): \(words)"])
        }
    }

    @Test func isNoLink() throws {
        try withSafe { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/extra", withDestinationPath: "/etc/hosts")
            let troubles = try SafeKeeping(folder: folder).troubles()
            #expect(
                troubles == [
                    "\(folder)/extra: is neither a file nor a folder"
                ])
        }
    }
}
