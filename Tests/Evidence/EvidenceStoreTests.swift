import Foundation
import Testing

@testable import Evidence

@Suite struct EvidenceStoreTests {
    @Test func `uses the folder that the environment names`() {
        #expect(EvidenceStore.standard(environment: ["DRILL_EVIDENCE": "/e"]).root.path == "/e")
        let here = FileManager.default.currentDirectoryPath
        for environment in [[:], ["DRILL_EVIDENCE": ""]] {
            #expect(EvidenceStore.standard(environment: environment).root.path == here + "/evidence")
        }
    }

    @Test func `opens a run, writes its record and points latest at it`() async throws {
        try await withScratch { folder in
            let root = folder.appending(path: "not/yet/there")
            let store = EvidenceStore(root: root)
            let run = try store.openRun(RunRecord(started: Timestamp(milliseconds: 1_782_187_506_789)))
            #expect(run.id.wholeMatch(of: /20260623T040506Z-[0-9a-f]{4}/) != nil)
            #expect(try store.runFolder().path == root.appending(path: run.id).path)
            let data = try Data(contentsOf: run.folder.appending(path: "run.json"))
            #expect(try EvidenceJSON.decoder.decode(RunRecord.self, from: data) == run.record)
            let later = try store.openRun(RunRecord())
            #expect(try store.runFolder().lastPathComponent == later.id)
            #expect(try store.runFolder(run.id).lastPathComponent == run.id)
        }
    }

    @Test func `gives runs that open at the same moment a folder each`() async throws {
        try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            let record = RunRecord()
            let ids = try await withThrowingTaskGroup { group in
                for _ in 0..<60 { group.addTask { try store.openRun(record).id } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 60)
            #expect(ids.contains(try store.runFolder().lastPathComponent))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.count == 61, "60 runs, latest, and no litter")
        }
    }

    @Test func `writes what is learnt of a run as it is learnt`() async throws {
        try await withScratch { folder in
            let run = try EvidenceStore(root: folder).openRun(RunRecord())
            try run.update {
                $0.accelerator = Accelerator(
                    name: "tcg", tried: ["kvm: guest kernel silent for 5 s"],
                    reason: "kvm does not start a guest")
                $0.observed = [
                    ParityObservation(component: "k3s", prod: "v1.34.3+k3s1", expected: nil, observed: nil),
                    ParityObservation(component: "vault", prod: "1.20", expected: "2.7.2", observed: "2.7.1"),
                ]
                $0.boundary = [
                    BoundaryCheck(check: "connect", ok: true, seen: "Network is unreachable", seconds: 0.01)
                ]
            }
            let data = try Data(contentsOf: run.folder.appending(path: "run.json"))
            let read = try EvidenceJSON.decoder.decode(RunRecord.self, from: data)
            #expect(read == run.record && read.id == run.id)
            #expect(read.observed.map(\.comparison) == [.ok, .drift])
            #expect(read.host.cores > 0 && read.host.memoryBytes > 0 && !read.host.kernel.isEmpty)
        }
    }

    @Test func `is one run for all suites of a process`() async throws {
        try await withScratch { folder in
            let store = EvidenceStore(root: folder)
            let ids = try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { try EvidenceRun.shared(in: store).id } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test func `says what stands in the way`() async throws {
        try await withScratch { folder in
            let file = folder.appending(path: "evidence")
            try Data().write(to: file)
            let error = #expect(throws: EvidenceError.self) {
                try EvidenceStore(root: file).openRun(RunRecord())
            }
            #expect(
                error?.description == "cannot make the folder \(file.path): Not a directory; move away what "
                    + "stands in its place, or set DRILL_EVIDENCE to another folder")
        }
    }

    @Test(arguments: ["../outside", "..", ".hidden", "latest/../../x", "nosuch"])
    func `finds no run beyond its folder`(id: String) async throws {
        try await withScratch { folder in
            let error = #expect(throws: EvidenceError.self) { try EvidenceStore(root: folder).runFolder(id) }
            #expect(error?.code == .noRun)
        }
    }

    @Test func `says how to get a first run`() async throws {
        try await withScratch { folder in
            let error = #expect(throws: EvidenceError.self) { try EvidenceStore(root: folder).verdicts() }
            #expect(error?.description.contains("make drill") == true)
        }
    }
}
