import Foundation
import Testing

@testable import Evidence

@Suite struct EvidenceCaseTests {
    @Test(arguments: [
        ("../../x", "x"), ("..", "unnamed"), ("", "unnamed"), ("/etc/passwd", "etc-passwd"),
        (".hidden", "hidden"), ("vault operator seal on pi2", "vault-operator-seal-on-pi2"),
        ("a\0b\nc", "a-b-c"), ("réseau", "r-seau"), ("-rf", "rf"), ("a/../b", "a-..-b"),
        (String(repeating: "é", count: 9), "unnamed"),
    ])
    func `stays within the run whatever it is called`(name: String, safe: String) async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            let inCase = try run.caseFolder(suite: "Suite", case: name)
            #expect(inCase.path == run.folder.path + "/Suite/" + safe)
            let inSuite = try run.caseFolder(suite: name, case: "case")
            #expect(inSuite.path == run.folder.path + "/" + safe + "/case")
        }
    }

    @Test func `shortens a name that no file system would take`() {
        #expect(SafeName.of(String(repeating: "a", count: 1_000)).count == 80)
    }

    @Test func `keeps a long name that runs again to what a chain reads`() async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            let name = String(repeating: "a", count: 80)
            for expected in [name, name.dropLast(2) + "-2", name.dropLast(2) + "-3"] {
                let folder = try run.caseFolder(suite: "Suite", case: name)
                #expect(folder.lastPathComponent == expected)
                #expect(CaseFiles(folder: folder, root: run.folder).isPlain)
            }
        }
    }

    @Test func `gives a case that is run again a folder of its own`() async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            let names = try await withThrowingTaskGroup { group in
                for _ in 0..<10 {
                    group.addTask { try run.caseFolder(suite: "S", case: "c").lastPathComponent }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(names == Set(["c"] + (2...10).map { "c-\($0)" }))
        }
    }

    @Test func `is unproven until it is finished`() async throws {
        try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            let run = try store.openRun(RunRecord())
            let begun = try run.beginCase(.sample(), redactor: .none)
            let draft = try #require(try store.verdicts().verdicts.first)
            #expect(draft.result == .unproven && draft.reason == Verdict.cutOff && draft.finished == nil)
            #expect(draft.section == Verdict.sample().section)
            try begun.finish(.sample())
            #expect(try store.verdicts().verdicts == [.sample()])
            let last = try Journal.read(begun.journal.url).events.last
            #expect(last?.entry == .verdict(.init(result: .passed, reason: "whole again in 12.3 s")))
        }
    }

    @Test func `says when it was finished`() async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            let begun = try run.beginCase(Verdict(drill: "D", case: "c"), redactor: .none)
            try begun.finish(Verdict(drill: "D", case: "c"))
            let verdict = try #require(try VerdictList(run: run.folder).verdicts.first)
            #expect(try #require(verdict.finished) >= verdict.started)
        }
    }

    @Test func `lets no secret into the verdict`() async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            var verdict = Verdict.sample()
            verdict.reason = "said abcd1234"
            verdict.steps[0].command = "vault unseal abcd1234"
            verdict.fault?.seen = "abcd1234"
            let redactor = try Redactor(["share-1": "abcd1234"])
            let begun = try run.beginCase(verdict, redactor: redactor)
            #expect(try !text(of: begun.verdictFile).contains("abcd1234"))
            try begun.finish(verdict)
            #expect(try !text(of: begun.verdictFile).contains("abcd1234"))
            #expect(try !text(of: begun.journal.url).contains("abcd1234"))
        }
    }
}
