public import Foundation

/// A journal, read back.
public struct JournalContents: Sendable, Equatable {
    /// The whole lines, in order.
    public let events: [JournalEvent]
    /// What stands after the last whole line, where a write was cut off; nil when nothing does.
    public let tornTail: String?
}

extension Journal {
    /// Reads a journal back.
    ///
    /// A last line without its end was cut off by a crash: it is left out and reported as `tornTail`. Any other
    /// line that is not what was written, or that is out of order, makes the whole journal worthless: throws
    /// ``EvidenceError`` with code `tornJournal` and the line's number.
    public static func read(_ url: URL) throws -> JournalContents {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw EvidenceError(
                .unreadable, "cannot read the journal \(url.path): \(error.localizedDescription)")
        }
        return try read(data, path: url.path)
    }

    /// Reads a journal's content back; `path` is for messages.
    static func read(_ data: Data, path: String) throws -> JournalContents {
        var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let tail = lines.removeLast()
        let events = try lines.enumerated().map { try event($1, number: $0 + 1, of: path) }
        let torn = tail.isEmpty ? nil : String(decoding: tail, as: UTF8.self)
        return JournalContents(events: events, tornTail: torn)
    }

    private static func event(_ line: Data, number: Int, of path: String) throws -> JournalEvent {
        let event: JournalEvent
        do {
            event = try EvidenceJSON.decoder.decode(JournalEvent.self, from: line)
        } catch {
            throw EvidenceError(.tornJournal, "\(path):\(number): \(DecodingTrouble.text(error))")
        }
        guard event.n == number else {
            throw EvidenceError(
                .tornJournal,
                "\(path):\(number): this line says that it is number \(event.n); "
                    + "lines were removed or added")
        }
        return event
    }
}

/// Decoding errors in words.
enum DecodingTrouble {
    /// What is wrong and at which key.
    static func text(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return error.localizedDescription }
        switch error {
        case .keyNotFound(let key, let context):
            return "'\(path(context.codingPath + [key]))' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let place = path(context.codingPath)
            return place.isEmpty ? "it is not whole JSON" : "'\(place)': \(context.debugDescription)"
        @unknown default:
            return error.localizedDescription
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
