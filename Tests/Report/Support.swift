import Evidence
import Foundation
import Testing

@testable import Report

/// A copy of the fixture's evidence in a folder of its own, to be spoiled at will.
struct FixtureStore {
    static let run = "20261125T153030Z-2348"

    let root: URL
    var store: EvidenceStore { EvidenceStore(root: root) }
    var passed: URL { root.appending(path: "\(Self.run)/VaultSeal/operator-seal-on-the-active-node") }
    var failed: URL { root.appending(path: "\(Self.run)/VaultSeal/all-three-processes-killed") }

    /// Calls `body` with a copy that is gone afterwards.
    static func with<Value>(_ body: (FixtureStore) async throws -> Value) async throws -> Value {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/evidence")
        let root = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: fixture, to: root)
        defer { try? FileManager.default.removeItem(at: root) }
        return try await body(FixtureStore(root: root))
    }

    func html() throws -> String { try RunReport(runs: [Self.run], in: store).html() }

    func evidence(of folder: URL) throws -> CaseEvidence {
        let run = try RunEvidence(Self.run, in: store)
        return try #require(run.cases.first { $0.folder.lastPathComponent == folder.lastPathComponent })
    }

    /// Changes a file's text.
    func edit(_ file: URL, _ change: (inout String) -> Void) throws {
        var text = try String(contentsOf: file, encoding: .utf8)
        change(&text)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
