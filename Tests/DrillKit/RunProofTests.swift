import Evidence
import Foundation
import Testing

@testable import DrillKit

/// A proof that fails is recorded, and ends the run before anything is injected.
@Suite struct RunProofTests {
    private static let held = BoundaryCheck(check: "sandbox: routes", ok: true, seen: "none", seconds: 0.1)
    private static let broken = BoundaryCheck(
        check: "operator: routes", ok: false, seen: "must not be: 0.0.0.0/0 dev br0", seconds: 0.1)

    @Test func theFirstProofIsInTheRunsRecordWhetherOrNotItHolds() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "proof-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try EvidenceRun.shared(in: EvidenceStore(root: folder))
        try CurrentRun.keep([Self.held, Self.broken], in: run)
        try CurrentRun.keep([Self.held], in: run)
        #expect(try RunRecord(run: run.folder).boundary == [Self.held, Self.broken])
    }

    @Test func aRunWhoseFirstProofFailedGoesOnWithNothing() throws {
        var record = RunRecord()
        record.boundary = [Self.held, Self.broken]
        let error = #expect(throws: DrillError.self) { try CurrentRun.mayGoOn(record) }
        #expect("\(try #require(error))".contains("operator: routes: must not be: 0.0.0.0/0 dev br0"))
        record.wallLowered = true
        #expect(throws: DrillError.self, "no order opens a way out") { try CurrentRun.mayGoOn(record) }
        record.boundary = [Self.held]
        try CurrentRun.mayGoOn(record)
    }
}
