import Foundation
import Testing

@testable import Evidence

@Suite struct SecretScanTests {
    static let token = "Gx4" + "vbWq8ZkTzq1LmN7pRs2tUv"
    static let shareBytes = Data((0..<33).map { UInt8($0 * 37 % 251) })
    static let share = shareBytes.base64EncodedString()
    static let key = """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
        -----END OPENSSH PRIVATE KEY-----
        """

    private func scan() throws -> SecretScan {
        try SecretScan(knowing: ["writer-token": Self.token, "share-2": Self.share, "ca.key": Self.key])
    }

    /// A run of one case with a secret planted by the test, without a redactor; what the scan says of it.
    private func findings(plant: (EvidenceCase, inout Verdict) throws -> Void) async throws -> [String] {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord(), signedBy: nil)
            var verdict = Verdict(drill: "VaultSeal", case: "operator seal")
            let one = try run.beginCase(verdict, redactor: .none)
            verdict.result = .failed
            verdict.reason = "not whole"
            try plant(one, &verdict)
            try one.finish(verdict)
            let (files, found) = try scan().findings(at: folder)
            #expect(files >= 4)
            return found.map {
                "\(URL(filePath: $0.file).lastPathComponent):\($0.line): \($0.what)"
            }
        }
    }

    @Test func `finds nothing in clean evidence`() async throws {
        let found = try await findings { _, _ in }
        #expect(found == [])
    }

    @Test func `finds nothing in evidence of real drills`() throws {
        let real = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Report/Fixtures/evidence")
        let (files, found) = try scan().findings(at: real)
        #expect(files > 5 && found == [])
    }

    @Test func `finds a secret in a journal, a verdict, a report, an attachment and a file's name`()
        async throws
    {
        let inJournal = try await findings { one, _ in
            try one.journal.record(.inject(.init(fault: "f", target: "pi1", detail: "with \(Self.token)")))
        }
        #expect(inJournal == ["journal.jsonl:1: the secret `writer-token`"])
        // The chain says it too, in base64.
        let inVerdict = try await findings { _, verdict in verdict.reason = "said \(Self.share)" }
        #expect(inVerdict.contains { $0.hasPrefix("verdict.json:") && $0.hasSuffix("the secret `share-2`") })
        #expect(inVerdict.contains { $0.hasPrefix("chain.jsonl:2: the secret `share-2`") })
        for name in ["report.html", "attachment.txt"] {
            let found = try await findings { one, _ in
                try "<p>\n\(Self.token)</p>".write(
                    to: one.folder.appending(path: name), atomically: true, encoding: .utf8)
            }
            #expect(found == ["\(name):2: the secret `writer-token`"])
        }
        let named = try await findings { one, _ in
            try Data().write(to: one.folder.appending(path: "token-\(Self.token)"))
        }
        #expect(named == ["token-\(Self.token):0: the secret `writer-token`"])
    }

    @Test func `finds a secret among the arguments of a step and of a recorded process`() async throws {
        let inStep = try await findings { _, verdict in
            verdict.steps = [
                .init(
                    line: 3, role: .agent, command: "curl -H X-Vault-Token:\(Self.token)", exit: 0, seconds: 1
                )
            ]
        }
        #expect(inStep.contains { $0.hasPrefix("verdict.json:") && $0.contains("the secret `writer-token`") })
        #expect(inStep.contains { $0.contains("what looks like a Vault token's header") })
        let trace =
            #"1234 execve("/usr/bin/vault", ["vault", "login", "\#(Self.token)"], 0x7f /* 5 vars */) = 0"#
        #expect(try scan().findings(in: trace, of: "t").map(\.what) == ["the secret `writer-token`"])
    }

    @Test(arguments: [
        Data(token.utf8).base64EncodedString(), Data("user:\(token)".utf8).base64EncodedString(),
        Data(token.utf8).map { String(format: "%02x", Int($0)) }.joined(),
        token.replacing("G", with: "%47"), Data(share.utf8).base64EncodedString(),
        share.replacing("/", with: "%2F").replacing("+", with: "%2b"), share.replacing("/", with: #"\/"#),
        shareBytes.map { String(format: "%02x", Int($0)) }.joined(),
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
    ]) func `finds what is known in other forms`(_ form: String) throws {
        let found = try scan().findings(in: "one\nit was \(form).", of: "f")
        #expect(found.contains { $0.line == 2 && $0.what.hasPrefix("the secret") }, "\(form)")
    }

    @Test(arguments: [
        ("-----BEGIN PRIVATE KEY-----", "a private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"),
        ("token hvs.CAESIJzTq8abcdefghij", "a Vault token"),
        ("\"s.Gx4vbWq8ZkTzq1LmN7pRs2tU\"", "a Vault token"),
        ("key \(share)", "an unseal share"), ("Unseal Key 1: c2hhcmU=", "an unseal share"),
        ("PGPASSWORD=hunter22 psql", "a database password"),
        (#""PGPASSWORD": "hunter22""#, "a database password"),
        ("Authorization: Bearer abc.def", "an Authorization header"),
        (#"{\"authorization\":\"Basic dXNlcjp3b3Jk\"}"#, "an Authorization header"),
        ("-H X-Vault-Token:none-of-ours", "a Vault token's header"),
        ("postgresql://vault:hunter22@pi2/erp", "a password in a URL"),
    ]) func `finds what looks like a secret`(_ text: String, _ what: String) {
        let found = SecretScan(knowing: .none).findings(in: text, of: "f")
        #expect(found == [SecretFinding(file: "f", line: 1, what: "what looks like \(what)")])
    }

    @Test(arguments: [
        "read -r PGPASSWORD; export PGPASSWORD", "PGPASSWORD=$word psql",
        "PGPASSWORD=[redacted:ledger-password]",
        "Authorization: Bearer [redacted:app-password]", "X-Vault-Token: $(cat token)",
        "-H X-Vault-Token:<token>",
        "postgresql://{{username}}:{{password}}@pi2", "https://pi1:8200/v1", "ssh pi@pi1:/srv", "s.t.",
        "its.Name",
        "/usr/lib/postgresql/15/bin/abcdefghijklmnopq", String(repeating: "0123456789abcdef", count: 4),
        "-----BEGIN CERTIFICATE-----", "Unseal Key (will be hidden): ", "share 1 of 5",
    ]) func `takes what names a secret for none`(_ text: String) {
        #expect(SecretScan(knowing: .none).findings(in: text, of: "f") == [])
    }

    @Test func `tells of an archive, since nobody looks into it`() async throws {
        let found = try await findings { one, _ in
            try Data([0x1F, 0x8B, 8, 0]).write(to: one.folder.appending(path: "log.gz"))
        }
        #expect(found == ["log.gz:0: an archive, not looked into"])
    }

    @Test func `does not pass over what it cannot read`() throws {
        #expect(throws: EvidenceError.self) {
            try scan().findings(at: URL(filePath: "/nowhere/evidence"))
        }
    }
}
