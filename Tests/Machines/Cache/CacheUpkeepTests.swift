import Foundation
import Testing

@testable import Machines

/// What the cache costs, and how it is bounded.
@Suite struct CacheUpkeepTests {
    private let scratch: Scratch
    private let cache: Cache

    init() throws {
        scratch = try Scratch()
        cache = try Cache.standard(environment: ["DRILL_CACHE": scratch("cache")])
    }

    /// An entry with a sparse file of 64 MB that really takes 1 MB.
    private func entry(_ name: String, lastUsed: Date = Date()) async throws -> CacheEntry {
        var key = CacheKey()
        key.add("name", string: name)
        let entry = try await cache.entry(kind: "image", key: key) { staging in
            let file = "\(staging)/disk.raw"
            try Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0) }).write(to: URL(filePath: file))
            truncate(file, 64 << 20)
        }
        try FileManager.default.setAttributes(
            [.modificationDate: lastUsed], ofItemAtPath: "\(entry.path).lock")
        return entry
    }

    @Test func whatIsInUseStays() async throws {
        let used = try await entry("used")
        try await entry("free").release()
        #expect(try cache.list().map(\.state).sorted { $0.rawValue < $1.rawValue } == [.inUse, .ready])
        #expect(try cache.prune(.all).count == 1)
        #expect(try cache.list().map(\.path) == [used.path])
        #expect(exists("\(used.path)/disk.raw"))
        used.release()
        #expect(try cache.prune(.all).map(\.path) == [used.path])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(cache.root)/image").isEmpty)
    }

    @Test func theLongestUnusedGoesFirst() async throws {
        try await entry("old", lastUsed: Date(timeIntervalSinceNow: -7200)).release()
        try await entry("new").release()
        let listed = try cache.list()
        #expect(listed.allSatisfy { (1 << 20..<2 << 20).contains($0.bytes) })
        #expect(try cache.prune(.unused(for: .seconds(3 * 3600))).isEmpty)
        #expect(try cache.prune(.keeping(bytes: 2 << 20)).map(\.name) == [listed[1].name])
        #expect(try cache.list().map(\.name) == [listed[0].name])
    }

    @Test func whatAKilledBuilderLeftGoes() async throws {
        let left = "\(cache.root)/image/0123456789abcdef.staging"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        let foreign = "\(cache.root)/tools/openbao-2.7.2"
        try FileManager.default.createDirectory(atPath: foreign, withIntermediateDirectories: true)
        #expect(try cache.list().map(\.state) == [.left])
        let builder = try await Child.holding("\(cache.root)/image/0123456789abcdef.lock")
        #expect(try cache.list().map(\.state) == [.building])
        #expect(try cache.prune(.all).isEmpty)
        await builder.kill()
        #expect(try cache.prune(.unused(for: .seconds(3600))).map(\.path) == [left])
        #expect(exists(foreign))
    }

    @Test func timingsOutliveTheProcess() {
        cache.timings.record("boot pi1/pi2 …", .milliseconds(1500))
        #expect(cache.timings.last("boot pi1/pi2 …") == .milliseconds(1500))
        #expect(cache.timings.last("never ran") == nil)
    }
}
