import Evidence
import Foundation
import Testing

/// Evidence is searched for the secrets of the cache's checkpoints; none is ever printed.
@Suite struct SecretsTests {
    /// A run with this reason in its verdict, past any redactor.
    private func run(saying reason: String, in program: Program) throws {
        let run = try EvidenceStore(root: URL(filePath: "\(program.scratch)/evidence")).openRun(
            RunRecord(), signedBy: nil)
        var verdict = Verdict(drill: "VaultSeal", case: "operator seal")
        let one = try run.beginCase(verdict, redactor: .none)
        verdict.result = .failed
        verdict.reason = reason
        try one.finish(verdict)
    }

    private func plain(_ text: String) -> String {
        text.replacing(/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}/, with: "RUN")
    }

    @Test func `finds nothing in clean evidence`() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try FakeCheckpoint(in: program)
        try run(saying: "[redacted:operator-token] was refused", in: program)
        let ended = try await program.run(["secrets"])
        #expect(ended.exit == 0)
        #expect(ended.out == "3 files, 8 secrets of 1 checkpoint: 0 findings\n")
    }

    @Test("Tells file, line and name, and never the secret")
    func tells() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try FakeCheckpoint(in: program)
        try run(saying: "said \(FakeCheckpoint.token)", in: program)
        let ended = try await program.run(["secrets", "\(program.scratch)/evidence"])
        #expect(ended.exit == 1 && !ended.out.contains(FakeCheckpoint.token))
        try expectGolden(plain(ended.out), "secrets-found")
    }

    @Test func `follows a link that is named, and refuses a place without a file`() async throws {
        let program = try Program()
        defer { program.remove() }
        _ = try FakeCheckpoint(in: program)
        try run(saying: "not whole", in: program)
        let latest = "\(program.scratch)/evidence/latest"
        let followed = try await program.run(["secrets", latest])
        #expect(followed.exit == 0 && followed.out.hasPrefix("3 files, "), "\(followed)")
        let empty = "\(program.scratch)/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
        let refused = try await program.run(["secrets", latest, empty])
        #expect(refused.exit == 2)
        #expect(
            refused.err.contains("there is no file to look into in SCRATCH/empty"), "\(refused.err)")
    }

    @Test func `tells of a safe that others can read`() async throws {
        let program = try Program()
        defer { program.remove() }
        let checkpoint = try FakeCheckpoint(in: program)
        try run(saying: "not whole", in: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: "\(checkpoint.safe)/shares.json")
        let ended = try await program.run(["secrets"])
        #expect(ended.exit == 1)
        #expect(ended.out.contains("safe/shares.json: has mode 644; chmod 600 it\n"))
    }
}
