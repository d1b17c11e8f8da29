public import Foundation
import Synchronization

/// The journal of one case: a file that grows by one line of JSON for each event, as it happens.
///
/// Each line is one `write(2)` of a whole line, so a killed process loses nothing that was recorded. Lines that
/// a verdict stands or falls by (inject, confirmed, whole, ledger, verdict) are also brought to the disk with
/// `fdatasync`, for the host's own power cuts; the others follow when the system likes, since a sync takes
/// milliseconds and writers record many lines a second. Every string passes the redactor, so nothing can be
/// written without. Safe to use from any number of tasks.
public final class Journal: Sendable {
    /// The file.
    public let url: URL

    private let descriptor: Int32
    let redactor: Redactor
    private let clockStart = ContinuousClock.now
    private let state: Mutex<State>

    private struct State {
        var lines = 0
        var bytes: off_t = 0
    }

    /// Begins a new journal; a file that is there already is an error, since two writers would mix.
    public convenience init(creating url: URL, redactor: Redactor) throws {
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EvidenceError.system("begin the journal", url.path, errno: errno) }
        self.init(descriptor: descriptor, url: url, redactor: redactor)
    }

    /// Writes to an open file, which the journal closes at its end.
    init(descriptor: Int32, url: URL, redactor: Redactor) {
        self.descriptor = descriptor
        self.url = url
        self.redactor = redactor
        state = Mutex(State())
    }

    deinit { close(descriptor) }

    /// The time since the journal began, from which each event's `at` is taken.
    public var elapsed: Duration { ContinuousClock.now - clockStart }

    /// Writes one line and returns the event with its number and times, as recorded but not redacted.
    ///
    /// A line that does not fit on the disk is taken back whole, and the error says so.
    @discardableResult
    public func record(_ entry: JournalEntry) throws -> JournalEvent {
        let payload = redactor.redact(try EvidenceJSON.tree(entry.payload))
        guard case .object(var fields) = payload else { preconditionFailure("payloads are JSON objects") }
        let event = try state.withLock { state in
            // Time and number are taken together, so that time never runs backwards down the file.
            let event = JournalEvent(
                n: state.lines + 1, t: .now, at: elapsed.seconds, entry: entry)
            fields["n"] = .integer(Int64(event.n))
            fields["t"] = .string(event.t.description)
            fields["at"] = .number(event.at)
            fields["kind"] = .string(entry.kind.rawValue)
            let line = try EvidenceJSON.line.encode(fields) + Data([UInt8(ascii: "\n")])
            try append(line, after: state.bytes)
            state.bytes += off_t(line.count)
            state.lines += 1
            return event
        }
        if entry.isImportant { try bringToDisk() }
        return event
    }

    private func append(_ line: Data, after end: off_t) throws {
        let count = line.withUnsafeBytes { bytes in
            var count = write(descriptor, bytes.baseAddress, bytes.count)
            while count < 0, errno == EINTR { count = write(descriptor, bytes.baseAddress, bytes.count) }
            return count
        }
        guard count != line.count else { return }
        let failure = count < 0 ? errno : ENOSPC
        // A torn line in the middle would make the rest unreadable.
        if count > 0 { ftruncate(descriptor, end) }
        throw EvidenceError.system("write to the journal", url.path, errno: failure)
    }

    private func bringToDisk() throws {
        #if canImport(Darwin)
            let failed = fsync(descriptor) != 0
        #else
            let failed = fdatasync(descriptor) != 0
        #endif
        // Something that is no file, such as a pipe, has nothing to bring anywhere.
        guard failed, errno != EINVAL else { return }
        throw EvidenceError.system("bring to the disk", url.path, errno: errno)
    }
}
