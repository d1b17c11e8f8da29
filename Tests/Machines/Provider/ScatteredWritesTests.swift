import Boundary
import Foundation
import Testing

@testable import Machines

/// A disk that has written some of its cache when the power ends, with a real disk server and a real overlay.
@Suite struct ScatteredWritesTests {
    /// An overlay of eight blocks, flushed as `old`, of which the first six are then written as `new` and not flushed.
    private func unflushed(_ body: (ScatteredWrites, String) async throws -> Void) async throws {
        let scratch = try Scratch()
        let disk = scratch("disk.qcow2")
        let namespace = try await Namespace.open(
            NamespaceLayout(
                id: "s-test", mounts: [Mount(source: scratch.path, target: "/sandbox", writable: true)],
                startup: "ip link set lo up", statusFolder: scratch("status")))
        do {
            let made = try await namespace.run(
                ["qemu-img", "create", "-q", "-f", "qcow2", "/sandbox/disk.qcow2", "1M"],
                deadline: .seconds(30))
            #expect(made.succeeded, "\(made.lastWords)")
            #expect(truncate(disk, 3 << 20) == 0)
            let server = try await DiskServer.start(
                file: "disk.qcow2", in: "/sandbox", hostSocket: scratch("disk.sock"), log: scratch("log"),
                in: namespace)
            func write(_ commands: String...) async throws {
                _ = try await namespace.run(
                    ["qemu-io", "-t", "none", "--image-opts", Self.disk]
                        + commands.flatMap { ["-c", $0] } + ["-c", "sigraise 9"], deadline: .seconds(30))
            }
            try await write("write -P 1 0 32k", "flush")
            try await write("write -P 2 0 24k")
            let writes = try await ScatteredWrites(
                overlay: SharedPath(disk), inside: "/sandbox", namespace: namespace)
            await server.process.kill()
            try await body(writes, disk)
        } catch {
            await namespace.close()
            throw error
        }
        await namespace.close()
    }

    private static let disk =
        "driver=qcow2,file.driver=nbd,file.server.type=unix,file.server.path=/sandbox/disk.sock"

    /// The first byte of each of the eight blocks, as a guest would read them.
    private func blocks(of disk: String) async throws -> [UInt8] {
        let raw = disk + ".raw"
        let child = try Child(["qemu-img", "convert", "-f", "qcow2", "-O", "raw", disk, raw])
        #expect(await child.line().isEmpty)
        let bytes = try Data(contentsOf: URL(filePath: raw))
        return stride(from: 0, to: 32 << 10, by: 4096).map { bytes[$0] }
    }

    @Test func eachUnflushedBlockIsOldOrNewAndNothingElse() async throws {
        try await unflushed { writes, disk in
            #expect(try await blocks(of: disk) == [1, 1, 1, 1, 1, 1, 1, 1])
            #expect(try writes.kept(on: SharedPath(disk)) == .init(kept: 0, of: 6))
            try writes.scatter(seed: 7, onto: SharedPath(disk))
            let count = try writes.kept(on: SharedPath(disk))
            #expect(count.kept == 3)
            let found = try await blocks(of: disk)
            #expect(found.count(where: { $0 == 2 }) == count.kept)
            #expect(found[6...].allSatisfy { $0 == 1 })
        }
    }

    @Test func theSameSeedChoosesTheSame() async throws {
        var found: [[UInt8]] = []
        for seed: UInt64 in [7, 7, 8] {
            try await unflushed { writes, disk in
                try writes.scatter(seed: seed, onto: SharedPath(disk))
                found.append(try await blocks(of: disk))
            }
        }
        #expect(found[0] == found[1])
        #expect(found[0] != found[2])
    }
}
