import Boundary
import Foundation

/// The marks by which a power cut proves itself. The flushed one goes the whole way: program, file system, virtual disk,
/// disk server. The unflushed one is written to the disk server at a place that no guest can reach, once the machine
/// stands still: so nobody flushes it, and nothing that the guest had not flushed is flushed on its account.
extension QEMUMachine {
    private static let guestFile = "/var/tmp/power-sentinel"

    /// Where the unflushed mark stands in the overlay: its last block, for which qcow2 never has a use.
    private var unflushedAt: Int { (site.plan.diskMB + Self.spareMB) << 20 - Sentinel.length }

    func layOutSentinel() async throws {
        let made = try await run(
            [
                "sh", "-ec",
                """
                tr '\\0' '\\\(String(Sentinel.flushedByte, radix: 8))' </dev/zero |
                  dd of=\(Self.guestFile) bs=\(Sentinel.length) count=1 iflag=fullblock conv=fsync status=none
                filefrag -b\(Sentinel.length) -v \(Self.guestFile)
                """,
            ], input: nil, deadline: .seconds(30))
        // "   0:        0..       0:      34048..     34048:      1:             last,eof"
        let extents = made.stdout.split(separator: "\n").compactMap { line -> Int? in
            let columns = line.split(separator: ":")
            guard columns.count >= 4, columns[0].trimmingCharacters(in: .whitespaces) == "0" else {
                return nil
            }
            return columns[2].split(separator: ".").first.flatMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            }
        }
        guard made.exit == 0, let block = extents.first else {
            throw MachineError(
                "\(name): no mark could be laid out on its disk", lastSeen: made.stdout + made.stderr)
        }
        sentinel = Sentinel(flushedAt: block * Sentinel.length)
    }

    /// Writes the mark that nobody flushes; the machine stands still, and ends at once after it.
    func writeUnflushed() async throws {
        let written = try await site.namespace.run(
            [
                "qemu-io", "-t", "none", "--image-opts",
                "driver=raw,file.driver=nbd,file.server.type=unix,file.server.path=\(inside)/disk.sock",
                "-c", "write -P \(Sentinel.unflushedByte) \(unflushedAt) \(Sentinel.length)",
                // It would flush at its end, whatever its cache mode: it gets none.
                "-c", "sigraise 9",
            ], deadline: .seconds(20))
        guard written.text.contains("wrote \(Sentinel.length)/\(Sentinel.length)") else {
            throw MachineError(
                "\(name): the unflushed mark could not be written", lastSeen: written.lastWords)
        }
    }

    func readSentinel() async throws -> Sentinel.Reading {
        guard let sentinel, process == nil else {
            throw MachineError(
                "\(name): there is no mark to read", lastSeen: isOn ? "it is on" : "none was laid out")
        }
        let flushed = try await site.namespace.run(
            [
                "qemu-io", "-r", "-f", "qcow2", "-c",
                "read -P \(Sentinel.flushedByte) \(sentinel.flushedAt) \(Sentinel.length)",
                "\(inside)/\(Self.overlay)",
            ], deadline: .seconds(20))
        let isLost = flushed.text.contains("verification failed")
        guard flushed.succeeded || isLost else {
            throw MachineError(
                "\(name): its mark could not be read", lastSeen: flushed.lastWords)
        }
        let file = try overlay.handle(.readOnly)
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(unflushedAt))
        let unflushed = try file.read(upToCount: Sentinel.length) ?? Data()
        return Sentinel.Reading(
            keptFlushed: !isLost,
            lostUnflushed: !unflushed.contains(Sentinel.unflushedByte),
            scattered: try scattered.map { try $0.kept(on: overlay) }.map { ($0.kept, $0.of) })
    }

    /// Has the guest believe that its disk has no volatile cache, so that it sends no flush any more.
    ///
    /// QEMU cannot be told to drop them: its NBD client passes a flush on even where its node has `cache.no-flush`. nbdkit can
    /// (`cache=unsafe`), but only from its start, and a checkpoint's machines run already. What is written here changes the
    /// kernel's view of the device and not the device (Documentation/ABI/stable/sysfs-block, queue/write_cache).
    func ignoreFlushes() async throws {
        let view = "/sys/block/vda/queue/write_cache"
        let told = try await run(
            ["sh", "-ec", "echo 'write through' >\(view); cat \(view)"], input: nil, deadline: .seconds(30))
        guard told.exit == 0, told.stdout == "write through\n" else {
            throw MachineError(
                "\(name): its disk could not be made to lie", lastSeen: told.stdout + told.stderr)
        }
    }
}
