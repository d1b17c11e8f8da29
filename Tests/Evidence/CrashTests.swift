import Foundation
import Testing

@testable import Evidence

@Suite struct CrashTests {
    @Test func `a killed process leaves its journal whole and its case unproven`() async throws {
        try await withScratch { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                let run = try EvidenceStore(root: URL(filePath: path)).openRun(RunRecord())
                let begun = try run.beginCase(Verdict(drill: "Crash", case: "killed"), redactor: .none)
                for number in 1...200 {
                    try begun.journal.record(.note(.init("line \(number)")))
                }
                kill(getpid(), SIGKILL)
            }
            let store = EvidenceStore(root: folder)
            let journal = try store.runFolder().appending(path: "Crash/killed/journal.jsonl")
            #expect(try Journal.read(journal).events.count == 200)
            let verdict = try #require(try store.verdicts().verdicts.first)
            #expect(verdict.result == .unproven)
            #expect(verdict.reason == Verdict.cutOff)
            #expect(verdict.drill == "Crash" && verdict.case == "killed" && verdict.finished == nil)
        }
    }

    @Test func `killed at any moment, every line that was recorded is there`() async throws {
        try await withScratch { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                let journal = try Journal(
                    creating: URL(filePath: path + "/journal.jsonl"), redactor: .none)
                // The count is in a file of its own before the next line begins.
                let count = open(path + "/count", O_WRONLY | O_CREAT, 0o644)
                Thread.detachNewThread {
                    Thread.sleep(forTimeInterval: .random(in: 0.05...0.3))
                    kill(getpid(), SIGKILL)
                }
                while true {
                    var n = try journal.record(.note(.init("again"))).n
                    pwrite(count, &n, MemoryLayout<Int>.size, 0)
                }
            }
            let bytes = try Data(contentsOf: folder.appending(path: "count"))
            let recorded = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
            let contents = try Journal.read(folder.appending(path: "journal.jsonl"))
            #expect(recorded > 0)
            #expect(contents.tornTail == nil)
            #expect((recorded...recorded + 1).contains(contents.events.count))
        }
    }

    #if canImport(Glibc)
        @Test func `a line that does not fit is taken back, and the journal stays readable`() async throws {
            try await withScratch { folder in
                await #expect(processExitsWith: .success) { [path = folder.path as String] in
                    let url = URL(filePath: path + "/journal.jsonl")
                    let journal = try Journal(creating: url, redactor: .none)
                    // A limit on the size of files cuts a write short just as a full disk does.
                    signal(SIGXFSZ, SIG_IGN)
                    var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
                    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                    let long = JournalEntry.note(.init(String(repeating: "x", count: 300)))
                    try journal.record(long)
                    try journal.record(long)
                    #expect(throws: EvidenceError.self) { try journal.record(long) }
                    try journal.record(.note(.init("a short one still fits")))
                }
                let contents = try Journal.read(folder.appending(path: "journal.jsonl"))
                #expect(contents.events.count == 3)
                #expect(contents.tornTail == nil)
            }
        }

        @Test func `a full disk leaves the old verdict and no litter`() async throws {
            try await withScratch { folder in
                await #expect(processExitsWith: .success) { [path = folder.path as String] in
                    let file = URL(filePath: path + "/verdict.json")
                    try Files.replace(file, with: Data("old".utf8))
                    signal(SIGXFSZ, SIG_IGN)
                    var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
                    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                    #expect(throws: EvidenceError.self) { try Files.replace(file, with: Data(count: 5_000)) }
                }
                let kept = try text(of: folder.appending(path: "verdict.json"))
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(kept == "old")
                #expect(names == ["verdict.json"])
            }
        }
    #endif
}
