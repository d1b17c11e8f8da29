import Foundation
import Testing

@testable import Machines

/// Who owns a sandbox, and what becomes of one whose owner died.
@Suite struct LeaseTests {
    private let scratch: Scratch
    private let runs: RunFolders

    init() throws {
        scratch = try Scratch()
        runs = try RunFolders.open(environment: ["DRILL_RUNS": scratch("runs")])
    }

    @Test func aLeaseOwnsAFolderUntilItIsReleased() async throws {
        let lease = try Lease.take(in: runs, purpose: "VaultSeal", profile: "lab")
        let other = try Lease.take(in: runs, purpose: "VaultSeal", profile: "lab")
        #expect(runs.sandboxes == [lease.id, other.id].sorted())
        #expect(runs.isHeld(lease.id))
        #expect(runs.record(of: lease.id)?.purpose == "VaultSeal")
        #expect(runs.record(of: lease.id)?.owner.isAlive == true)

        #expect(try await Reaper(runs: runs).reap().message == nil)
        #expect(runs.sandboxes.count == 2)

        lease.release()
        // By now its name may be somebody else's.
        try FileManager.default.createDirectory(atPath: lease.folder, withIntermediateDirectories: false)
        lease.release()
        #expect(runs.sandboxes == [lease.id, other.id].sorted())
        try FileManager.default.removeItem(atPath: lease.folder)
        other.release()
        #expect(runs.sandboxes.isEmpty)
    }

    @Test func theReaperLeavesTheSandboxOfALivingProcessAndRemovesItWhenThatIsKilled() async throws {
        let folder = runs.folder(of: "s-0001")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let owner = try await Child.holding(runs.leaseFile(of: "s-0001"))
        #expect(try await Reaper(runs: runs).reap().message == nil)
        #expect(exists(folder))

        await owner.kill()
        let report = try await Reaper(runs: runs).reap()
        #expect(report.message == "removed 1 dead sandbox (s-0001: no lease)")
        #expect(!exists(folder))
    }

    @Test func twoReapersShareTheWork() async throws {
        for number in 0..<20 {
            let folder = runs.folder(of: "s-\(1000 + number)")
            try FileManager.default.createDirectory(
                atPath: "\(folder)/pi1", withIntermediateDirectories: true)
        }
        let runs = runs
        async let one = Reaper(runs: runs).reap()
        async let two = Reaper(runs: runs).reap()
        let reports = try await [one, two]
        #expect(reports.map(\.removed.count).reduce(0, +) == 20)
        #expect(reports.allSatisfy { $0.left.isEmpty })
        #expect(runs.sandboxes.isEmpty)
    }

    /// A namespace that outlived its owner, which the lifeline should have ended: found by what it mounts.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/bwrap")),
        arguments: [("s-dead", ""), ("s-deaf", "/shared")])
    func theReaperKillsWhatIsLeftInADeadSandbox(id: String, part: String) async throws {
        let folder = runs.folder(of: id)
        let mounted = folder + part
        try FileManager.default.createDirectory(atPath: mounted, withIntermediateDirectories: true)
        let left = try Child([
            "bwrap", "--unshare-user", "--unshare-pid", "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin",
            "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--bind", mounted,
            "/sandbox", "--", "sh", "-c", "echo here; sleep 600; true",
        ])
        #expect(await left.line() == "here")
        #expect(!SandboxProcesses.living(in: runs, id: id).isEmpty)
        let report = try await Reaper(runs: runs).reap()
        #expect(report.killed >= 2)
        #expect(!exists(folder))
        #expect(SandboxProcesses.living(in: runs, id: id).isEmpty)
    }

    @Test func aMountIsReadAsTheKernelWritesIt() throws {
        let line = #"36 35 98:0 /mnt\040one /mnt/a\134b rw,noatime master:1 - ext3 /dev/root rw"#
        let mount = try #require(MountEntry(line[...]))
        #expect(mount.device == "98:0" && mount.root == "/mnt one" && mount.place == #"/mnt/a\b"#)
        #expect(MountEntry("36 35 98:0") == nil)
    }

    @Test func aPathIsPlacedInItsFileSystem() throws {
        let folder = runs.folder(of: "s-0003")
        #expect(MountedPath(of: folder) == nil)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let placed = try #require(MountedPath(of: folder))
        #expect(placed.path.hasSuffix("/s-0003"))
        #expect(MountedPath(of: "/proc/self")?.path.hasPrefix("/") == true)
        #expect(MountedPath(of: "/proc")?.path == "/")
    }

    @Test func aReusedProcessIDIsNotKilled() async throws {
        let bystander = try Child(["sh", "-c", "echo up; exec sleep 600"])
        _ = await bystander.line()
        let identity = try #require(ProcessIdentity(of: bystander.pid))
        let folder = runs.folder(of: "s-0002")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try Data(#"{"pid": \#(identity.pid), "started": \#(identity.started + 1)}"#.utf8)
            .write(to: URL(filePath: "\(folder)/namespace.pid"))
        #expect(try await Reaper(runs: runs).reap().killed == 0)
        #expect(identity.isAlive)

        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try JSONEncoder().encode(identity).write(to: URL(filePath: "\(folder)/namespace.pid"))
        #expect(try await Reaper(runs: runs).reap().killed == 1)
        #expect(!identity.isAlive)
    }
}
