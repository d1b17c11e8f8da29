import Foundation

/// A whole log, read and checked by itself: each line, and that each follows the one before.
struct ChainReading: Sendable {
    /// The entries that can be read, each at its line's place; nil for a line that is none.
    let entries: [ChainEntry?]
    /// Who signed each entry; nil where nobody did.
    let signers: [PublicKey?]
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
        let read = Processors.map(lines.count) { place in
            let line = data.subdata(in: lines[place])
            let entry = ChainEntry.read(line)
            return (entry: entry, sha256: (try? entry.get().sha256) ?? SHA256Hex.of(line))
        }
        let checked = ChainSigners(of: read.map { try? $0.entry.get() }).check()
        let trail = read.lazy.compactMap { try? $0.entry.get().link.trail }.first
        var troubles: [TrailTrouble] = []
        var entries: [ChainEntry?] = []
        var signers: [PublicKey?] = []
        for (place, (line, signer)) in zip(read, checked).enumerated() {
            do throws(ChainEntry.Trouble) {
                let entry = try line.entry.get()
                signers.append(try signer.get())
                entries.append(entry)
                let previous = place == 0 ? nil : read[place - 1].sha256
                if let words = Self.misplaced(entry.link, index: place, after: previous, trail: trail) {
                    troubles.append(TrailTrouble(line: place + 1, words))
                }
            } catch {
                troubles.append(TrailTrouble(line: place + 1, "this line \(error.words)"))
                entries.append(nil)
                signers.append(nil)
            }
        }
        (self.entries, self.signers, self.troubles) = (entries, signers, troubles)
        hashes = read.map(\.sha256)
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
}
