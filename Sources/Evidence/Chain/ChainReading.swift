import Foundation
import Synchronization

/// A whole log, read and checked by itself: each line, and that each follows the one before.
struct ChainReading: Sendable {
    /// The entries that can be read, each at its line's place; nil for a line that is none.
    let entries: [ChainEntry?]
    /// SHA-256 of the last whole line; nil when there is none.
    let lastSHA256: String?
    /// Bytes after the last whole line.
    let tornBytes: Int
    /// What is wrong, in the order of the lines.
    let troubles: [TrailTrouble]
    private let hashes: [String]

    /// Reads a log; throws ``EvidenceError`` with code `noTrail` where there is none.
    init(contentsOf file: URL) throws {
        do {
            self.init(try Data(contentsOf: file, options: .alwaysMapped))
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            throw EvidenceError(
                .noTrail,
                "there is no \(file.path): no drill has ended since evidence is chained, or this is no evidence folder"
            )
        } catch {
            throw EvidenceError(.unreadable, "cannot read \(file.path): \(error.localizedDescription)")
        }
    }

    /// Reads a log's bytes, on all processors.
    init(_ data: Data) {
        let data = data.startIndex == 0 ? data : Data(data)
        let (lines, torn) = Self.lines(of: data)
        let read = Self.inParallel(lines.count) { index -> (Result<ChainEntry, ChainEntry.Trouble>, String) in
            let line = data.subdata(in: lines[index])
            let entry = ChainEntry.read(line)
            if case .success(let whole) = entry { return (entry, whole.sha256) }
            return (entry, SHA256Hex.of(line))
        }
        var troubles: [TrailTrouble] = []
        var entries: [ChainEntry?] = []
        entries.reserveCapacity(read.count)
        let trail = read.lazy.compactMap { try? $0.0.get().link.trail }.first
        for (index, (result, _)) in read.enumerated() {
            switch result {
            case .failure(let trouble):
                troubles.append(TrailTrouble(line: index + 1, "this line \(trouble.words)"))
                entries.append(nil)
            case .success(let entry):
                let previous = index == 0 ? nil : read[index - 1].1
                if let words = Self.misplaced(entry.link, index: index, after: previous, trail: trail) {
                    troubles.append(TrailTrouble(line: index + 1, words))
                }
                entries.append(entry)
            }
        }
        self.entries = entries
        self.troubles = troubles
        hashes = read.map(\.1)
        lastSHA256 = hashes.last
        tornBytes = torn
    }

    /// SHA-256 of the line at a place, counted from 0.
    func sha256(at index: Int) -> String { hashes[index] }

    /// Why an entry does not belong where it stands; nil when it does.
    private static func misplaced(_ link: ChainLink, index: Int, after previous: String?, trail: String?)
        -> String?
    {
        if link.trail != trail { return "this entry is of another trail, \(link.trail)" }
        if link.index != index {
            return "this is entry \(link.index) of its trail, and stands where entry \(index) should: "
                + "entries were removed, repeated or moved"
        }
        if link.previous != previous {
            return "this entry follows another line than the one before it: that one was changed"
        }
        return nil
    }

    /// The places of the whole lines from the data's start, without their ends, and how many bytes follow the last one.
    private static func lines(of data: Data) -> (lines: [Range<Int>], torn: Int) {
        data.withUnsafeBytes { bytes in
            var lines: [Range<Int>] = []
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress,
                let end = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
            {
                lines.append(start..<base.distance(to: UnsafeRawPointer(end)))
                start = lines[lines.count - 1].upperBound + 1
            }
            return (lines, bytes.count - start)
        }
    }

    /// What `transform` makes of each number below `count`, in order, worked out on all processors.
    private static func inParallel<Value: Sendable>(
        _ count: Int, _ transform: @Sendable (Int) -> Value
    ) -> [Value] {
        let size = 256
        let parts = Mutex<[Int: [Value]]>([:])
        DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { part in
            let values = (part * size..<min(count, (part + 1) * size)).map(transform)
            parts.withLock { $0[part] = values }
        }
        return parts.withLock { parts in parts.sorted { $0.key < $1.key }.flatMap(\.value) }
    }
}
