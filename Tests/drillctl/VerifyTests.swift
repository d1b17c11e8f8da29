import Evidence
import Foundation
import Testing

/// A trail is made, kept by its head and checked, word for word.
@Suite struct VerifyTests {
    /// A trail of one case that failed and one that was cut off, signed by a new key.
    private func trail(in program: Program) throws -> PublicKey {
        let key = try SigningKey.create(at: "\(program.scratch)/key")
        let run = try EvidenceStore(root: URL(filePath: "\(program.scratch)/evidence")).openRun(
            RunRecord(), signedBy: SigningKey(contentsOf: "\(program.scratch)/key"))
        var verdict = Verdict(drill: "VaultSeal", case: "operator seal")
        let one = try run.beginCase(verdict, redactor: .none)
        verdict.result = .failed
        verdict.reason = "not whole"
        try one.finish(verdict)
        _ = try run.beginCase(Verdict(drill: "VaultSeal", case: "all killed"), redactor: .none)
        return key
    }

    /// What a program said, without what differs from run to run.
    private func plain(_ text: String, _ key: PublicKey) -> String {
        text.replacing(key.id, with: "KEY").replacing(/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}/, with: "RUN")
            .replacing(/"hash" : "[0-9a-f]{64}"/, with: #""hash" : "HASH""#)
            .replacing(/"trail" : "[0-9a-f]{32}"/, with: #""trail" : "TRAIL""#)
    }

    @Test func `verifies against a head that was kept, and tells what it cannot without`() async throws {
        var program = try Program()
        defer { program.remove() }
        let key = try trail(in: program)
        program.environment["DRILL_KEY"] = "\(program.scratch)/key"
        let head = try await program.run(["head"])
        #expect(head.exit == 0)
        try head.out.write(toFile: "\(program.scratch)/head.json", atomically: true, encoding: .utf8)
        let kept = ["--head", "\(program.scratch)/head.json", "--key", "\(program.scratch)/key.pub"]
        for (name, options) in [("sound", kept), ("alone", []), ("json", ["--json"] + kept)] {
            let ended = try await program.run(["verify"] + options)
            #expect(ended.exit == 0 && ended.err.isEmpty, "\(ended)")
            try expectGolden(plain(ended.out, key), "verify-\(name)")
        }
        let stranger = try await program.run(["verify", "--key", String(repeating: "0", count: 63) + "1"])
        #expect(stranger.exit == 1)
        try expectGolden(plain(stranger.out, key), "verify-stranger")
    }

    @Test func `tells every trouble by its place`() async throws {
        let program = try Program()
        defer { program.remove() }
        let key = try trail(in: program)
        let head = try await program.run(["head"])
        try head.out.write(toFile: "\(program.scratch)/head.json", atomically: true, encoding: .utf8)
        let chain = "\(program.scratch)/evidence/chain.jsonl"
        let lines = try String(contentsOfFile: chain, encoding: .utf8).split(separator: "\n")
        try "\(lines[1])\n\(lines[0])\ntorn".write(toFile: chain, atomically: true, encoding: .utf8)
        let ended = try await program.run(["verify", "--head", "\(program.scratch)/head.json"])
        #expect(ended.exit == 1)
        try expectGolden(plain(ended.out, key), "verify-troubles")
    }

    @Test func `verifies nothing where there is no entry`() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try trail(in: program)
        try Data().write(to: URL(filePath: "\(program.scratch)/evidence/chain.jsonl"))
        let ended = try await program.run(["verify"])
        #expect(ended.exit == 2 && ended.out.isEmpty)
        #expect(ended.err.contains("SCRATCH/evidence/chain.jsonl has no entry yet: run a drill"))
    }

    @Test func `makes a key once`() async throws {
        let program = try Program()
        defer { program.remove() }
        let made = try await program.run(["key", "new", "\(program.scratch)/safe/key"])
        #expect(made.exit == 0)
        #expect(try made.out == PublicKey("\(program.scratch)/safe/key.pub").id + "\n")
        let again = try await program.run(["key", "new", "\(program.scratch)/safe/key"])
        #expect(again.exit == 2)
        try expectGolden(again.err, "error-key-there")
    }
}
