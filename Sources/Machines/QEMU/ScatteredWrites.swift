import Boundary
import Foundation

/// What a real disk may do when its power ends: it has written some of what was in its cache, in an order of its own.
///
/// The disk server's cache writes nothing before a flush, so that between two flushes the overlay's file holds the
/// old state and the server the new one. Both are compared while the machine stands still, block by block, and after
/// its end a half of the blocks that differ, chosen by a seed, is written to the file. Only blocks that qcow2's own
/// flushed tables already map are touched: such a block then holds the old or the new bytes of the guest's block, as on
/// a real disk; qcow2's tables, which no real disk has, are never torn. Writes to clusters that are new since the last
/// flush are all lost.
struct ScatteredWrites {
    /// One block that was written and not flushed: where it lies in the overlay's file, and its new bytes.
    private let unflushed: [(offset: UInt64, bytes: Data)]
    private static let block = Sentinel.length

    /// How many blocks were unflushed.
    var count: Int { unflushed.count }

    /// How many blocks were unflushed, and how many of them are on the disk all the same.
    struct Count: Sendable, Equatable {
        let kept: Int
        let of: Int
    }

    /// Compares the file of a machine that stands still with what its disk server has.
    ///
    /// - Parameters:
    ///   - overlay: The overlay's path on the host; `inside` is its folder in the namespace.
    /// - Throws: ``MachineError`` when either cannot be read.
    init(overlay: SharedPath, inside: String, namespace: Namespace) async throws {
        let name = (overlay.description as NSString).lastPathComponent
        let newest = SharedPath("\(overlay).newest")
        defer { try? newest.remove() }
        let mapped = try await Self.need(
            ["qemu-img", "map", "-U", "--output=json", "\(inside)/\(name)"], in: namespace)
        _ = try await Self.need(
            [
                "qemu-img", "convert", "-f", "raw", "-O", "raw",
                "nbd+unix:///?socket=\(inside)/disk.sock", "\(inside)/\(name).newest",
            ], in: namespace)
        let old = try overlay.handle(.readOnly)
        let new = try newest.handle(.readOnly)
        defer {
            try? old.close()
            try? new.close()
        }
        var found: [(offset: UInt64, bytes: Data)] = []
        for extent in try JSONDecoder().decode([Extent].self, from: Data(mapped.stdout)) where extent.isOwn {
            guard let start = extent.offset else { continue }
            let (before, after) = (
                try Self.read(extent.length, at: start, of: old),
                try Self.read(extent.length, at: start, of: new)
            )
            for position in stride(from: 0, to: min(before.count, after.count), by: Self.block) {
                let block = position..<min(position + Self.block, after.count)
                if before[block] != after[block] {
                    found.append((start + UInt64(position), Data(after[block])))
                }
            }
        }
        unflushed = found
    }

    /// Writes a half of the blocks, chosen by `seed`, to the overlay of a machine that has ended.
    func scatter(seed: UInt64, onto overlay: SharedPath) throws {
        var chance = SplitMix(state: seed)
        let file = try overlay.handle(.writeOnly)
        defer { try? file.close() }
        for write in unflushed.shuffled(using: &chance).prefix(unflushed.count / 2) {
            try file.seek(toOffset: write.offset)
            try file.write(contentsOf: write.bytes)
        }
    }

    /// Reads off the overlay of a machine that has ended how many of the blocks are on it.
    func kept(on overlay: SharedPath) throws -> Count {
        let file = try overlay.handle(.readOnly)
        defer { try? file.close() }
        let kept = try unflushed.count { try Self.read($0.bytes.count, at: $0.offset, of: file) == $0.bytes }
        return Count(kept: kept, of: unflushed.count)
    }

    /// One line of `qemu-img map`.
    private struct Extent: Decodable {
        let length: Int
        let depth: Int
        let data: Bool
        let offset: UInt64?

        /// Whether it lies in the overlay itself and not in what it rests on.
        var isOwn: Bool { depth == 0 && data }
    }

    private static func read(_ count: Int, at offset: UInt64, of file: FileHandle) throws -> Data {
        try file.seek(toOffset: offset)
        return try file.read(upToCount: count) ?? Data()
    }

    private static func need(_ command: [String], in namespace: Namespace) async throws -> CommandResult {
        let result = try await namespace.run(command, deadline: .seconds(120), outputLimit: 16 << 20)
        guard result.succeeded else {
            throw MachineError(
                "what a disk had not flushed cannot be told: \(command[0]) \(command[1]) exited \(result.exit)",
                lastSeen: result.lastWords)
        }
        return result
    }
}

/// SplitMix64, a small generator whose seed makes a choice again (Steele, Lea and Flood, OOPSLA 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
