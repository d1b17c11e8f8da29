import Foundation
import Testing

@testable import Machines

/// What a cache key depends on, and what not.
@Suite struct CacheKeyTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch("plays/roles"), withIntermediateDirectories: true)
        try write("plays/site.yml", "- hosts: all\n")
        try write("plays/roles/run.sh", "true\n")
        try FileManager.default.createSymbolicLink(
            atPath: scratch("plays/link"), withDestinationPath: "site.yml")
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: scratch(name)))
    }

    private func digest() throws -> String {
        var key = CacheKey()
        try key.add("plays", fileOrFolder: scratch("plays"))
        return key.digest
    }

    @Test func everythingInAFolderCounts() throws {
        var seen: Set<String> = [try digest()]
        try write("plays/site.yml", "- hosts: pi1\n")
        seen.insert(try digest())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: scratch("plays/roles/run.sh"))
        seen.insert(try digest())
        try FileManager.default.removeItem(atPath: scratch("plays/link"))
        seen.insert(try digest())
        try FileManager.default.createSymbolicLink(
            atPath: scratch("plays/link"), withDestinationPath: "roles")
        seen.insert(try digest())
        try FileManager.default.moveItem(atPath: scratch("plays/roles"), toPath: scratch("plays/role"))
        seen.insert(try digest())
        #expect(seen.count == 6)
    }

    @Test func whatSaysNothingOfTheContentsDoesNotCount() throws {
        let before = try digest()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: scratch("plays/site.yml"))
        try FileManager.default.setAttributes(
            [.modificationDate: Date.distantPast], ofItemAtPath: scratch("plays/site.yml"))
        try FileManager.default.createDirectory(
            atPath: scratch("plays/__pycache__"), withIntermediateDirectories: false)
        try write("plays/__pycache__/x.pyc", "x")
        #expect(try digest() == before)
    }

    @Test func namesAndValuesAreKeptApart() {
        func digest(_ inputs: [(String, String)]) -> String {
            inputs.reduce(into: CacheKey()) { $0.add($1.0, string: $1.1) }.digest
        }
        #expect(digest([("a", "1"), ("b", "2")]) == digest([("b", "2"), ("a", "1")]))
        #expect(digest([("a", "1b"), ("c", "")]) != digest([("a", "1"), ("bc", "")]))
        #expect(digest([("a", "1 string"), ("b", "")]) != digest([("a", "1"), ("b", "string ")]))
    }

    @Test func aFilesDigestIsSHA256() throws {
        try write("abc", "abc")
        #expect(
            try FileDigest.sha256(of: scratch("abc"))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(throws: MachineError.self) { try FileDigest.sha256(of: scratch("none")) }
    }
}
