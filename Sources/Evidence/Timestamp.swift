public import Foundation

/// A moment in UTC, exact to the millisecond, that encodes itself as ISO 8601 (`2026-06-23T04:05:06.789Z`).
///
/// It is no `Date` because evidence must read the same through every encoder (Swift Testing attaches
/// verdicts with its own) and must equal itself after a round trip, which a `Date`'s fractions do not.
public struct Timestamp: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Rounds a date to the nearest millisecond.
    public init(_ date: Date) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1_000).rounded())
    }

    /// Reads `2026-06-23T04:05:06.789Z`; the fraction may be missing, and nil means that it is no such text.
    public init?(_ text: String) {
        let whole = Date.ISO8601FormatStyle()
        let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? fractional.parse(text)) ?? (try? whole.parse(text)) else { return nil }
        self.init(date)
    }

    /// The second in the form in which runs and game days are named by it, and sort: `20260623T040506`.
    package var compact: String { description.prefix(19).filter { $0 != "-" && $0 != ":" } }

    /// Reads the ISO text; throws `DecodingError` when it is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let parsed = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is no ISO 8601 time such as 2026-06-23T04:05:06.789Z")
        }
        self = parsed
    }

    /// This moment by the host's clock.
    public static var now: Timestamp { Timestamp(Date()) }

    /// The same moment for Foundation's calendars and formats.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// The ISO text, always with three decimals and `Z`.
    public var description: String {
        let fraction = ((milliseconds % 1_000) + 1_000) % 1_000
        let second = Date(timeIntervalSince1970: Double((milliseconds - fraction) / 1_000))
        let padded = String(String(1_000 + fraction).dropFirst())
        return second.formatted(Date.ISO8601FormatStyle()).dropLast() + "." + padded + "Z"
    }

    /// Writes the ISO text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Whether the left moment is the earlier one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
