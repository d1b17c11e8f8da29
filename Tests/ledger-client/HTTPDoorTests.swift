import Boundary
import Foundation
import Ledger
import Testing

/// Vault, the app and the volume, each with the faults that a checker of acknowledged writes must see.
@Suite struct HTTPDoorTests {
    /// Runs `body` against a server of its own.
    func withServer(
        _ store: StoreKind, patience: Int = 3000,
        _ body: (Case, _ fault: @escaping @Sendable (String) throws -> Void) async throws -> Void
    ) async throws {
        var stores = try Case()
        defer { stores.remove() }
        try await stores.makeCertificate()
        let (server, port) = try await stores.serve("stores.py")
        defer { server.kill() }
        let address = "https://127.0.0.1:\(port)"
        stores.stores = [StorePlan(store, addresses: [address], interval: 20, patience: patience)]
        let folder = stores
        try await body(stores) { try folder.write($0, to: "fault") }
    }

    static let stores: [StoreKind] = [.vault, .app, .volume]

    @Test(arguments: stores) func whatIsAcknowledgedIsReadBack(_ store: StoreKind) async throws {
        try await withServer(store) { stores, _ in
            try await stores.write { $0.acknowledged.count >= 10 }
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.acknowledged >= 10)
            #expect(account.judgement.unknown == 0)
        }
    }

    @Test(arguments: stores) func anAcknowledgementThatIsDroppedIsUnknownAndRecovered(
        _ store: StoreKind
    ) async throws {
        try await withServer(store) { stores, fault in
            try fault("drop")
            try await stores.write { $0.writes.count { $0.outcome == .unknown && $0.answered != nil } >= 3 }
            try fault("")
            let account = try await stores.account()
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.recovered.count >= 3)
            #expect(account.judgement.acknowledged == 0)
        }
    }

    /// libcurl sends a request again by itself when a kept connection ends without an answer.
    @Test func aWriteIsNotSentAgainWhenAKeptConnectionDropsItsAcknowledgement() async throws {
        try await withServer(.app) { stores, fault in
            try await stores.write { history in
                if history.acknowledged.count >= 2 { try? fault("drop") }
                return history.writes.count { $0.outcome == .unknown && $0.answered != nil } >= 3
            }
            try fault("")
            let account = try await stores.account()
            #expect(account.judgement.duplicated.isEmpty)
            #expect(account.judgement.isSound == true, "\(account)")
            #expect(account.judgement.recovered.count >= 3)
        }
    }

    @Test(arguments: stores) func aStoreThatAcknowledgesWithoutWritingLoses(_ store: StoreKind) async throws {
        try await withServer(store) { stores, fault in
            try await stores.write { $0.acknowledged.count >= 2 }
            let before = try #require(try stores.journal.stores[store.rawValue]).history.writes.count
            try fault("lie")
            var more = stores
            more.first = before + 1
            try await more.write { $0.acknowledged.count >= before + 3 }
            let account = try await stores.account()
            #expect(account.judgement.isSound == false)
            #expect(account.judgement.lost.starts(with: [before + 1, before + 2, before + 3]))
        }
    }

    @Test(arguments: stores) func aSlowStoreIsUnknown(_ store: StoreKind) async throws {
        try await withServer(store, patience: 1000) { stores, fault in
            try fault("slow")
            // A handshake that takes too long on a busy host is a sure no; these are the others.
            try await stores.write { $0.writes.count { $0.answered != nil && $0.outcome == .unknown } >= 2 }
            let account = try await stores.account()
            #expect(account.judgement.recovered.count >= 2)
            #expect(account.judgement.isSound == true, "\(account)")
        }
    }

    @Test(arguments: stores) func anErrorThatMayComeTooLateIsUnknown(_ store: StoreKind) async throws {
        try await withServer(store) { stores, fault in
            try fault("error")
            try await stores.write { $0.writes.count { $0.answered != nil } >= 2 }
            let account = try await stores.account()
            #expect(account.judgement.refused == 0)
            #expect(account.judgement.recovered.count >= 2)
        }
    }

    @Test(arguments: stores) func anotherContentIsCorrupted(_ store: StoreKind) async throws {
        try await withServer(store) { stores, fault in
            try fault("spoil")
            try await stores.write { $0.acknowledged.count >= 2 }
            #expect(try await stores.account().judgement.corrupted.starts(with: [1, 2]))
        }
    }

    @Test(arguments: [StoreKind.app, .vault]) func whatIsWrittenTwiceIsDuplicated(_ store: StoreKind)
        async throws
    {
        try await withServer(store) { stores, fault in
            try fault("twice")
            try await stores.write { $0.acknowledged.count >= 2 }
            #expect(try await stores.account().judgement.duplicated.starts(with: [1, 2]))
        }
    }

    @Test func aSealedVaultRefuses() async throws {
        try await withServer(.vault) { stores, fault in
            try fault("sealed")
            try await stores.write { $0.writes.count { $0.outcome == .refused } >= 2 }
            let account = try await stores.account()
            #expect(account.judgement.unknown == 0)
            #expect(account.judgement.isSound == true)
        }
    }

    /// It may lose its leader at any moment, for a quarter of a minute on a busy host.
    @Test func vaultIsReadOnceItHasALeaderAgain() async throws {
        try await withServer(.vault) { stores, fault in
            try await stores.write { $0.acknowledged.count >= 2 }
            try fault("leaderless")
            async let account = stores.account()
            try await Task.sleep(for: .seconds(2))
            #expect(try stores.journal.stores["vault"]?.readings.isEmpty == true)
            try fault("")
            #expect(try await account.judgement.isSound == true)
        }
    }

    @Test func vaultMovesToTheNextNodeWhenOneRefuses() async throws {
        try await withServer(.vault) { stores, _ in
            var stores = stores
            // Port 9 of the loopback address is nobody's.
            stores.stores[0].addresses.insert("http://127.0.0.1:9", at: 0)
            try await stores.write { $0.acknowledged.count >= 5 }
            let account = try await stores.account()
            #expect(account.judgement.refused == 1)
            #expect(account.judgement.isSound == true)
        }
    }

    @Test(arguments: stores) func aStoreThatIsNotThereRefusesAndCannotBeRead(_ store: StoreKind) async throws
    {
        let stores = try Case([
            StorePlan(store, addresses: ["http://127.0.0.1:9"], interval: 20, reading: 3000)
        ])
        defer { stores.remove() }
        try await stores.write { $0.writes.count { $0.outcome == .refused } >= 2 }
        let account = try await stores.account()
        #expect(account.judgement.unknown == 0)
        #expect(account.judgement.isSound == nil)
        #expect(account.complaint?.contains("not read back: ") == true)
    }
}
