import Foundation

/// The evidence folder's log, `chain.jsonl`, open for appending: one line for each case that begins or ends.
///
/// Any number of tasks and processes may append. Each append holds a lock on the file, which the system lets go
/// when its holder dies; it is one line, brought to the disk before it counts.
struct ChainLog: Sendable {
    /// The log's name in the evidence folder.
    static let name = "chain.jsonl"

    let file: URL
    /// Signs what is appended; nil leaves it unsigned.
    let key: SigningKey?

    init(in root: URL, key: SigningKey?) {
        file = root.appending(path: Self.name)
        self.key = key
    }

    /// Appends the statement that `make` gives for the place it will stand at.
    ///
    /// What a crash left of a line without its end is overwritten, and the new entry says so.
    ///
    /// - Throws: ``EvidenceError`` when the file cannot be written, or when its last line is no entry: an entry
    ///   that followed it would hide that.
    func append(_ make: (ChainLink) throws -> Statement) throws -> AppendedEntry {
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EvidenceError.system("open", file.path, errno: errno) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw EvidenceError.system("lock", file.path, errno: errno) }
        }
        // A process that was forked meanwhile may share the descriptor; closing ours would not let go then.
        defer { flock(descriptor, LOCK_UN) }
        let end = try ChainEnd(of: descriptor, path: file.path)
        let link = try end.next(in: file.path)
        let line = try ChainLog.line(of: make(link), signedBy: key)
        try write(line + Data([UInt8(ascii: "\n")]), to: descriptor, at: end)
        if link.index == 0 { Files.syncFolder(file.deletingLastPathComponent()) }
        return AppendedEntry(trail: link.trail, index: link.index, sha256: SHA256Hex.of(line))
    }

    /// A statement's line in canonical form, without its end.
    static func line(of statement: Statement, signedBy key: SigningKey?) throws -> Data {
        try Envelope(EvidenceJSON.line.encode(statement), signedBy: key).line
    }

    private func write(_ line: Data, to descriptor: Int32, at end: ChainEnd) throws {
        // The torn bytes are overwritten before they are cut off: whatever dies here leaves a torn line, not nothing.
        var failure = Files.writeAll(line, to: descriptor, at: end.whole)
        if failure == 0, end.torn > line.count, ftruncate(descriptor, end.whole + off_t(line.count)) != 0 {
            failure = errno
        }
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        guard failure == 0 else {
            ftruncate(descriptor, end.whole)
            throw EvidenceError.system("append to", file.path, errno: failure)
        }
    }
}

/// An entry that has been appended.
struct AppendedEntry: Sendable, Equatable {
    var trail: String
    var index: Int
    var sha256: String

    var reference: EntryReference { EntryReference(index: index, sha256: sha256) }
}
