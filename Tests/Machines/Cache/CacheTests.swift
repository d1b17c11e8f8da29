import Foundation
import Testing

@testable import Machines

/// Building once, never using half of it, and noticing damage.
@Suite struct CacheTests {
    private let scratch: Scratch
    private let cache: Cache
    private let key: CacheKey

    init() throws {
        scratch = try Scratch()
        cache = try Cache.standard(environment: ["DRILL_CACHE": scratch("cache")])
        var key = CacheKey()
        key.add("plays", string: "- hosts: all")
        self.key = key
    }

    private var place: CachePlace { CachePlace(root: cache.root, kind: "checkpoint", key: key.digest) }

    /// The entry, filled with a disk and memory by a build that says when it runs.
    private func entry(_ said: Said = Said(), disk: String = "disk") async throws -> CacheEntry {
        try await cache.entry(kind: "checkpoint", key: key, progress: said.add) { staging in
            said.add("built")
            try Data(disk.utf8).write(to: URL(filePath: "\(staging)/pi1.qcow2"))
            try FileManager.default.createDirectory(
                atPath: "\(staging)/memory", withIntermediateDirectories: false)
            try Data("memory".utf8).write(to: URL(filePath: "\(staging)/memory/pi1"))
        }
    }

    private func contents(of entry: CacheEntry) throws -> String {
        try String(contentsOfFile: "\(entry.path)/pi1.qcow2", encoding: .utf8)
    }

    @Test func anUnchangedKeyIsNotBuiltAgain() async throws {
        try await entry(disk: "first").release()
        let said = Said()
        let again = try await entry(said, disk: "second")
        #expect(try contents(of: again) == "first")
        #expect(said.all.isEmpty)
        try await again.verify(deep: true)
        #expect(cache.timings.last("checkpoint") != nil)
    }

    @Test func thoseWhoWantTheSameBuildItOnce() async throws {
        let said = Said()
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { _ = try await entry(said) } }
            try await group.waitForAll()
        }
        #expect(said.all.filter { $0 == "built" }.count == 1)
    }

    @Test func anotherProcessIsWaitedForAndReplacedWhenItDies() async throws {
        try FileManager.default.createDirectory(atPath: place.staging, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(filePath: "\(place.staging)/pi1.qcow2"))
        let note = CacheClaim.Builder(owner: 4711, since: Date(timeIntervalSince1970: 0))
        try JSONEncoder().encode(note).write(to: URL(filePath: place.lock))
        let builder = try await Child.holding(place.lock)
        let (waits, isWaiting) = AsyncStream.makeStream(of: String.self)
        let report: @Sendable (String) -> Void = { isWaiting.yield($0) }
        async let entry = cache.entry(kind: "checkpoint", key: key, progress: report) {
            try Data("whole".utf8).write(to: URL(filePath: "\($0)/pi1.qcow2"))
        }
        var lines = waits.makeAsyncIterator()
        let expected = "process 4711, which has been building \(place.title) since 1970-01-01T00:00:00Z"
        #expect(await lines.next() == "waiting for \(expected)")
        await builder.kill()
        #expect(try await contents(of: entry) == "whole")
        #expect(!exists(place.staging))
    }

    /// What a sandbox was frozen into it could write to; a link there would be followed by all that is restored from it.
    @Test(arguments: ["ln -s /etc safe", "ln -s /etc/passwd pi1.state", "mkfifo pi1.state"])
    func whatIsNeitherFileNorFolderIsNotKept(_ left: String) async throws {
        let said = Said()
        let error = await #expect(throws: MachineError.self) {
            try await cache.entry(kind: "checkpoint", key: key, progress: said.add) { staging in
                try Data("disk".utf8).write(to: URL(filePath: "\(staging)/pi1.qcow2"))
                let made = try Child(["sh", "-ec", "cd \(staging); \(left); echo made"])
                #expect(await made.line() == "made")
            }
        }
        #expect(error?.description.contains("is neither a file nor a folder") == true)
        #expect(!exists(place.folder) && !exists(place.staging))
    }

    @Test func aFailedBuildLeavesNothing() async throws {
        struct Broken: Error {}
        await #expect(throws: Broken.self) {
            try await cache.entry(kind: "checkpoint", key: key) { staging in
                try Data("half".utf8).write(to: URL(filePath: "\(staging)/pi1.qcow2"))
                throw Broken()
            }
        }
        #expect(try cache.list().isEmpty)
        #expect(!exists(place.staging))
        #expect(try await contents(of: entry()) == "disk")
    }

    @Test(arguments: ["", "DISK", nil])
    func aDamagedEntryIsSetAsideAndBuiltAnew(_ damaged: String?) async throws {
        let first = try await entry()
        first.release()
        if let damaged {
            try Data(damaged.utf8).write(to: URL(filePath: "\(first.path)/pi1.qcow2"))
        } else {
            try FileManager.default.removeItem(atPath: "\(first.path)/pi1.qcow2")
        }
        let said = Said()
        let second = try await entry(said)
        #expect(said.all.first?.hasPrefix("\(place.title) is damaged (") == true)
        #expect(said.all.first?.contains("pi1.qcow2") == true)
        #expect(try contents(of: second) == "disk")
        #expect(exists(place.damaged))
    }

    /// What no quick look can see is found by reading everything.
    @Test func aFlippedByteWithAnOldTimeIsFoundByTheDeepLook() async throws {
        let entry = try await entry()
        let file = "\(entry.path)/pi1.qcow2"
        let keep = try Child([
            "sh", "-c",
            "touch -r \(file) \(file).t; printf disc >\(file); touch -r \(file).t \(file); rm \(file).t; echo done",
        ])
        _ = await keep.line()
        try await entry.verify(deep: false)
        let error = await #expect(throws: MachineError.self) { try await entry.verify(deep: true) }
        #expect(error?.lastSeen == "pi1.qcow2: its contents have changed")

        // A start would take it: so whoever found it sets it aside, once nobody uses it.
        let item = try #require(try cache.list().first)
        #expect(try await cache.damage(of: item, deep: true) == error?.lastSeen)
        #expect(try await !cache.setAside(item, deep: true))
        entry.release()
        #expect(try await cache.setAside(item, deep: true))
        #expect(exists(place.damaged) && !exists(place.folder))
        #expect(try await contents(of: self.entry()) == "disk")
    }

    @Test func aTouchedFileIsReadAndFoundWhole() async throws {
        let entry = try await entry()
        try FileManager.default.setAttributes(
            [.modificationDate: Date()], ofItemAtPath: "\(entry.path)/pi1.qcow2")
        try await entry.verify(deep: false)
    }

    /// A real full disk: 2 MB of memory.
    @Test(.enabled(if: geteuid() == 0)) func aFullDiskIsNamedAndNothingHalfIsLeft() async throws {
        let root = scratch("small")
        let mount = try Child([
            "sh", "-c",
            "mkdir -m 700 \(root) && mount -t tmpfs -o size=2m,mode=700 tmpfs \(root) && echo done",
        ])
        try #require(await mount.line() == "done")
        do {
            let cache = try Cache.standard(environment: ["DRILL_CACHE": root])
            let error = await #expect(throws: MachineError.self) {
                try await cache.entry(kind: "image", key: key) { staging in
                    try Data(count: 4 << 20).write(to: URL(filePath: "\(staging)/disk.raw"))
                }
            }
            #expect(error?.what.hasPrefix("the disk of \(root) is full: ") == true)
            #expect(try cache.list().isEmpty)
        }
        let unmount = try Child(["sh", "-c", "umount \(root) && echo done"])
        #expect(await unmount.line() == "done")
    }
}
