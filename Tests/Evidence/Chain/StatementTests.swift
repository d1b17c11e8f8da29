import Foundation
import Testing

@testable import Evidence

/// What the lines of the chain say to somebody who has never heard of this project.
@Suite struct StatementTests {
    @Test func `is a test result of in-toto, in which only a passed case is PASSED`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let run = try trail.open()
            try trail.pass("passed", in: run)
            var failed = trail.draft("failed")
            failed.result = .failed
            try trail.begin("failed", in: run).finish(failed)
            let statements = try EvidenceTrail(verifying: trail.root).cases.map(\.statement)
            #expect(statements.map(\.predicate.result) == ["PASSED", "FAILED"])
            #expect(statements[0].predicate.passedTests == ["VaultSeal / passed"])
            #expect(statements[1].predicate.failedTests == ["VaultSeal / failed"])
            let begun = try #require(ChainReading(contentsOf: trail.chain).entries[0]).statement()
            #expect(begun.predicate.result == "FAILED" && begun.predicate.recoveryDrill.verdict == .unproven)
            #expect(begun.predicate.recoveryDrill.files.isEmpty)
        }
    }

    @Test func `names what is not known instead of giving it an empty digest`() {
        var record = RunRecord()
        record.digests.parity = ""
        let statement = Statement(
            Verdict(drill: "D", case: "c"), of: record, link: ChainLink(trail: "t", index: 0),
            folder: "r/D/c", runFile: .init(name: "r/run.json", sha256: "0"), files: [])
        #expect(statement.subject.isEmpty)
        #expect(statement.predicate.recoveryDrill.unknown == Statement.Subject.allCases.map(\.rawValue))
        #expect(statement.digest(of: .parity) == nil)
    }

    @Test func `lets no secret into the chain`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let redactor = try Redactor(["share-1": "abcd1234"])
            let one = try trail.open().beginCase(trail.draft("c"), redactor: redactor)
            var verdict = trail.draft("c")
            verdict.reason = "said abcd1234"
            try one.finish(verdict)
            let read = try EvidenceTrail(verifying: trail.root)
            #expect(read.isSound && read.cases[0].entry.reason == "said [redacted:share-1]")
        }
    }

    @Test func `what a run took place in cannot be changed once the chain holds its digest`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let run = try trail.open()
            try trail.begin("c", in: run)
            #expect(throws: EvidenceError.self) { try run.update { $0.wallLowered = true } }
        }
    }

    @Test func `a stranger's own tools agree with the signature`() async throws {
        try await withScratch { folder in
            let path = folder.appending(path: "key").path
            let made = try SigningKey.create(at: path)
            let trail = SampleTrail(in: folder, key: try SigningKey(contentsOf: path))
            try trail.begin("c", in: trail.open())
            let script = """
                import base64, json, subprocess, sys
                chain, folder = sys.argv[1:]
                entry = json.loads(open(chain).readline())
                body, kind = base64.b64decode(entry["payload"]), entry["payloadType"]
                open(folder + "/pae", "wb").write(b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body))
                open(folder + "/sig", "wb").write(base64.b64decode(entry["signatures"][0]["sig"]))
                check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", folder + "/key.pub", "-rawin"]
                sys.exit(subprocess.run(check + ["-in", folder + "/pae", "-sigfile", folder + "/sig"]).returncode)
                """
            func stranger() throws -> Int32 {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = ["python3", "-c", script, trail.chain.path, folder.path]
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                return process.terminationStatus
            }
            #expect(try stranger() == 0)
            #expect(try ChainReading(contentsOf: trail.chain).signers == [made])
            let signed = try text(of: trail.chain)
            let other = try Envelope(Data("{}".utf8), signedBy: nil).payload.base64EncodedString()
            let payload = try #require(signed.split(separator: "\"").dropFirst(3).first)
            try signed.replacing(payload, with: other).write(
                to: trail.chain, atomically: true, encoding: .utf8)
            #expect(try stranger() != 0)
        }
    }
}
