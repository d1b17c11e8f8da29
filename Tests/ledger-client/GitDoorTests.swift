import Boundary
import Foundation
import Ledger
import Testing

/// Git over HTTPS: pushes that are taken, refused, taken without an answer, and taken back.
@Suite struct GitDoorTests {
    func withServer(
        patience: Int = 20_000,
        _ body: (Case, _ fault: @escaping @Sendable (String) throws -> Void) async throws -> Void
    ) async throws {
        var stores = try Case()
        defer { stores.remove() }
        try await stores.makeCertificate()
        let (server, port) = try await stores.serve("gits.py")
        defer { server.kill() }
        stores.stores = [
            StorePlan(
                .git, addresses: ["https://127.0.0.1:\(port)/git/lab.git"], interval: 20, patience: patience)
        ]
        let place = stores
        try await body(stores) { try place.write($0, to: "fault") }
    }

    @Test func whatIsAcknowledgedIsReadBackAndAnOutageIsSurvived() async throws {
        try await withServer { stores, fault in
            try await stores.write { history in
                let refused = history.writes.contains { $0.outcome == .refused }
                if history.acknowledged.count >= 2 { try? fault(refused ? "" : "refuse") }
                return refused && history.acknowledged.count >= 4
            }
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.refused >= 1)
            let left = try FileManager.default.contentsOfDirectory(atPath: stores.folder)
            #expect(!left.contains { $0.hasPrefix("ledger-git-") }, "the clones are gone")
        }
    }

    @Test func aPushWhoseAnswerIsDroppedIsUnknownAndRecovered() async throws {
        try await withServer { stores, fault in
            try fault("drop")
            try await stores.write { history in
                if history.writes.contains(where: { $0.answered != nil }) { try? fault("") }
                return history.acknowledged.count >= 2
            }
            let account = try await stores.account()
            #expect(account.judgement.recovered.first == 1, "\(account)")
            #expect(account.judgement.isSound == true, "\(account)")
        }
    }

    @Test func aSlowPushIsUnknown() async throws {
        // Enough for a clone on a busy machine, and less than the server waits.
        try await withServer(patience: 12_000) { stores, fault in
            try fault("slow")
            try await stores.write { $0.writes.contains { $0.answered != nil && $0.outcome == .unknown } }
            let account = try await stores.account()
            #expect(account.judgement.unknown >= 1, "\(account)")
            #expect(account.judgement.isSound == true, "\(account)")
        }
    }

    @Test func aPushThatIsTakenBackIsLost() async throws {
        try await withServer { stores, fault in
            try fault("lie")
            try await stores.write { $0.acknowledged.count >= 1 }
            let account = try await stores.account()
            #expect(account.judgement.lost.first == 1, "\(account)")
        }
    }

    /// The clone still holds it, and a plain push would bring it back.
    @Test func aPushThatIsTakenBackStaysLostWhenOthersFollow() async throws {
        try await withServer { stores, fault in
            try fault("lie once")
            try await stores.write { $0.acknowledged.count >= 3 }
            let account = try await stores.account()
            #expect(account.judgement.lost == [1], "\(account)")
        }
    }
}
