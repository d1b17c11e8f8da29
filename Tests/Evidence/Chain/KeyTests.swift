import Foundation
import Testing

@testable import Evidence

@Suite struct KeyTests {
    @Test func `is its owner's alone, and never overwritten`() async throws {
        try await withScratch { folder in
            let path = folder.appending(path: "safe/key").path
            let made = try SigningKey.create(at: path)
            #expect(try SigningKey.named(in: ["DRILL_KEY": path])?.publicKey == made)
            #expect(try PublicKey(path + ".pub") == made && PublicKey(made.id) == made)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let error = #expect(throws: EvidenceError.self) { try SigningKey.create(at: path) }
            #expect(error?.description.contains("it is never overwritten") == true)
            #expect(try SigningKey(contentsOf: path).publicKey == made)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666])
    func `is refused when others may read or write it`(mode: Int) async throws {
        try await withScratch { folder in
            let path = folder.appending(path: "key").path
            _ = try SigningKey.create(at: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = #expect(throws: EvidenceError.self) { try SigningKey(contentsOf: path) }
            #expect(error?.description.contains("chmod 600") == true)
        }
    }

    @Test func `no variable, no signature; a bad file is an error`() throws {
        #expect(try SigningKey.named(in: [:]) == nil && SigningKey.named(in: ["DRILL_KEY": ""]) == nil)
        #expect(throws: EvidenceError.self) { try SigningKey.named(in: ["DRILL_KEY": "/nowhere/key"]) }
        #expect(throws: EvidenceError.self) { try PublicKey("abc") }
        #expect(PublicKey(id: String(repeating: "A", count: 64)) == nil)
    }

    @Test func `a head that was changed is no head`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder, key: SigningKey())
            try trail.begin("c", in: trail.open())
            let head = try ChainHead(of: trail.root, signedBy: trail.key)
            let file = folder.appending(path: "head.json")
            try head.json().write(to: file, atomically: true, encoding: .utf8)
            #expect(try ChainHead(contentsOf: file) == head && head.signer == trail.key?.publicKey)
            try head.json().replacing("\"count\":1", with: "\"count\":2")
                .write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: EvidenceError.self) { try ChainHead(contentsOf: file) }
        }
    }

    @Test func `a digest of sources is what sha256sum says`() async throws {
        try await withScratch { folder in
            for name in ["a/b", "a/c", "a/__pycache__/x", "d"] {
                let file = folder.appending(path: name)
                try Files.makeFolders(file.deletingLastPathComponent())
                try Data(name.utf8).write(to: file)
            }
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = [
                "-c",
                "find a d -type f -not -path '*/__pycache__/*' | LC_ALL=C sort | xargs sha256sum | sha256sum",
            ]
            process.currentDirectoryURL = folder
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(try SourceDigest.of(["d", "a"], in: folder.path) == String(said.prefix(64)))
        }
    }
}
