import Boundary
import Foundation
import Testing

@testable import Machines

/// How many sandboxes run at once, and in which order they come.
@Suite struct AdmissionTests {
    private let scratch: Scratch
    private let runs: RunFolders

    init() throws {
        scratch = try Scratch()
        runs = try RunFolders.open(environment: ["DRILL_RUNS": scratch("runs")])
    }

    private func pool(
        _ environment: [String: String] = [:],
        host: HostCapacity = HostCapacity(memoryMB: 9000, availableMB: 9000, cores: 2)
    ) throws -> Admission {
        try Admission(runs: runs, environment: environment) { host }
    }

    @Test func aFreedSlotGoesToTheOneThatWaits() async throws {
        let pool = try pool()
        let first = try await pool.acquire(memoryMB: 3000, cores: 1)
        let second = try await pool.acquire(memoryMB: 3000, cores: 1)
        let said = Said()
        async let third = pool.acquire(memoryMB: 3000, cores: 1, deadline: .seconds(20)) { waiting in
            said.add(waiting)
            first.release()
        }
        try await third.release()
        #expect(
            said.all == [
                "waiting for a slot: 2 running, 0 ahead in the queue; "
                    + "9000 MB would be promised, and sandboxes may have 7976 MB of this host"
            ])
        second.release()
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(runs.root)/slots") == ["lock"])
    }

    @Test func theSlotOfADeadProcessIsFree() async throws {
        let pool = try pool(["DRILL_SANDBOXES": "1"])
        let slot = "\(runs.root)/slots/1.json"
        try Data(#"{"number": 1, "admitted": true, "demand": {"memoryMB": 3000, "cores": 1}}"#.utf8)
            .write(to: URL(filePath: slot))
        let owner = try await Child.holding(slot)
        let error = await #expect(throws: WaitError.self) {
            try await pool.acquire(memoryMB: 1, cores: 1, deadline: .seconds(8))
        }
        #expect(error?.description.contains("DRILL_SANDBOXES allows 1 at once") == true)
        await owner.kill()
        try await pool.acquire(memoryMB: 1, cores: 1, deadline: .seconds(10)).release()
    }

    @Test func aLaterSmallRequestDoesNotPassAnEarlierLargeOne() async throws {
        let pool = try pool()
        let running = try await pool.acquire(memoryMB: 3000, cores: 1)
        let order = Said()
        let (queued, isQueued) = AsyncStream.makeStream(of: Void.self)
        async let large: Void = {
            let slot = try await pool.acquire(memoryMB: 6000, cores: 1, deadline: .seconds(20)) { _ in
                isQueued.yield()
            }
            order.add("large")
            slot.release()
        }()
        var waiting = queued.makeAsyncIterator()
        await waiting.next()
        async let small: Void = {
            let slot = try await pool.acquire(memoryMB: 100, cores: 0, deadline: .seconds(20)) { waiting in
                // It waits behind the large one, although it would fit.
                if waiting.contains("1 ahead") { running.release() }
            }
            order.add("small")
            slot.release()
        }()
        _ = try await (large, small)
        #expect(order.all == ["large", "small"])
    }

    /// A run of many cases stands in the queue longer than any one of them takes.
    @Test func theDeadlineBeginsAgainWheneverTheQueueMoves() async throws {
        let pool = try pool(["DRILL_SANDBOXES": "1"])
        let first = try await pool.acquire(memoryMB: 1)
        async let second = pool.acquire(memoryMB: 1, deadline: .seconds(60))
        try await queued(2)
        async let third = pool.acquire(memoryMB: 1, deadline: .seconds(6))
        try await queued(3)
        try await Task.sleep(for: .seconds(4))
        first.release()
        let slot = try await second
        try await Task.sleep(for: .seconds(4))
        slot.release()
        try await third.release()
    }

    private func queued(_ count: Int) async throws {
        try await eventually("\(count) stand in the queue", within: .seconds(10), every: .milliseconds(20)) {
            let requests = try FileManager.default.contentsOfDirectory(atPath: "\(runs.root)/slots")
                .filter { $0.hasSuffix(".json") }
            return requests.count == count ? () : nil
        }
    }

    @Test func whatNeverFitsIsToldAtOnce() async throws {
        let error = await #expect(throws: WaitError.self) { try await pool().acquire(memoryMB: 8000) }
        #expect(error?.hopeless == true)
        #expect(error?.lastSeen == "it needs 8000 MB, and sandboxes may have 7976 MB of this host")
        try await pool(["DRILL_SANDBOXES": "2"]).acquire(memoryMB: 8000).release()
    }

    @Test func oneMayAlwaysRunOnFewCoresButNotWithoutMemory() {
        let rule = AdmissionRule()
        let host = HostCapacity(memoryMB: 8000, availableMB: 4000, cores: 2)
        #expect(rule.obstacle(to: Demand(memoryMB: 2900, cores: 8), beside: [], on: host) == nil)
        #expect(
            rule.obstacle(to: Demand(memoryMB: 3000, cores: 1), beside: [], on: host)
                == "it needs 3000 MB, and only 4000 MB are available")
        #expect(
            rule.obstacle(
                to: Demand(memoryMB: 10, cores: 1), beside: [Demand(memoryMB: 10, cores: 2)], on: host)
                == "3 cores would be busy, and this host has 2")
    }

    @Test func theHostsMemoryIsReadFromTheKernel() {
        let meminfo = "MemTotal:       24689728 kB\nMemFree:         999 kB\nMemAvailable:   20480000 kB\n"
        #expect(HostCapacity.field("MemAvailable", of: meminfo) == 20000)
        #expect(HostCapacity.field("MemFee", of: meminfo) == nil)
        #expect(HostCapacity.current().memoryMB > 0)
    }

    @Test func aBadNumberIsRefused() {
        #expect(throws: MachineError.self) { try pool(["DRILL_SANDBOXES": "many"]) }
    }
}
