import Foundation
import Testing

@testable import Evidence

/// The chain is appended to by many at once, and by what dies on the way.
@Suite struct ChainLogTests {
    @Test func `a torn append at every length is told, and the next entry goes on`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let run = try trail.open()
            try trail.begin("one", in: run)
            let whole = try Data(contentsOf: trail.chain)
            try trail.begin("two", in: run)
            let both = try Data(contentsOf: trail.chain)
            for length in whole.count + 1..<both.count {
                try both.prefix(length).write(to: trail.chain)
                let torn = length - whole.count
                let read = ChainReading(both.prefix(length))
                #expect(read.troubles.isEmpty && read.entries.count == 1 && read.tornBytes == torn)
            }
            for length in stride(from: whole.count + 1, to: both.count, by: 97) + [both.count - 1] {
                try both.prefix(length).write(to: trail.chain)
                try trail.begin("after \(length)", in: run)
                let read = try EvidenceTrail(verifying: trail.root)
                #expect(read.isSound && read.entries == 2)
                #expect(
                    read.notes.first
                        == "chain.jsonl:2: took the place of \(length - whole.count) bytes that a crash had torn"
                )
            }
            // Even the very first entry.
            try both.prefix(10).write(to: trail.chain)
            try trail.begin("first", in: run)
            #expect(try EvidenceTrail(verifying: trail.root).isSound)
        }
    }

    @Test func `nothing is added to a chain whose last line is no entry`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let run = try trail.open()
            try Data("nonsense\n".utf8).write(to: trail.chain)
            let error = #expect(throws: EvidenceError.self) { try trail.begin("one", in: run) }
            #expect(error?.code == .brokenChain)
        }
    }

    @Test func `a killed process leaves a case that is unproven, in a trail that verifies`() async throws {
        try await withScratch { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                let trail = SampleTrail(in: URL(filePath: path))
                let run = try trail.open()
                try trail.pass("whole", in: run)
                let one = try trail.begin("killed", in: run)
                try one.journal.record(.note(.init("still here")))
                kill(getpid(), SIGKILL)
            }
            let read = try EvidenceTrail(verifying: SampleTrail(in: folder).root)
            #expect(read.isSound && read.cases.map(\.isCutOff) == [false, true])
            #expect(read.cases[1].verdict.result == .unproven)
            #expect(read.cases[1].verdict.reason == Verdict.cutOff)
            #expect(read.cases[1].entry.case == "killed" && read.cases[1].run != nil)
        }
    }

    @Test func `a verdict that was written and never entered does not count`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            let one = try trail.begin("one", in: trail.open())
            try EvidenceJSON.pretty.encode(trail.passed("one")).write(to: one.verdictFile)
            let read = try EvidenceTrail(verifying: trail.root)
            #expect(read.isSound && read.cases.map(\.verdict.result) == [.unproven])
        }
    }

    @Test func `tasks and processes that append at once keep the chain whole`() async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder)
            try await withThrowingTaskGroup { group in
                for process in 0..<3 {
                    group.addTask {
                        await #expect(processExitsWith: .success) {
                            [path = folder.path as String, process = process as Int] in
                            let trail = SampleTrail(in: URL(filePath: path))
                            let run = try trail.open()
                            try await withThrowingTaskGroup { group in
                                for task in 0..<4 {
                                    group.addTask { try trail.pass("case \(process) \(task)", in: run) }
                                }
                                try await group.waitForAll()
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let read = try EvidenceTrail(verifying: trail.root)
            #expect(read.troubles == [] && read.entries == 24)
            #expect(read.cases.count == 12 && read.cases.allSatisfy { $0.verdict.result == .passed })
        }
    }
}
