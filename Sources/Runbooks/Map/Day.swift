public import Foundation

/// A day of the calendar in UTC, written as in ISO 8601: `2027-01-31`.
public struct Day: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The ISO text; texts of days sort as days do.
    public let description: String

    private static let style = Date.ISO8601FormatStyle().year().month().day()

    /// Reads `2027-01-31`; nil for any other form, and for a day that no calendar has.
    public init?(_ text: String) {
        guard let date = try? Self.style.parse(text), Self.style.format(date) == text else { return nil }
        description = text
    }

    /// The day of a moment.
    public init(_ moment: Date) {
        description = Self.style.format(moment)
    }

    /// Reads the ISO text; throws `DecodingError` when it is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no day such as 2027-01-31")
        }
        self = day
    }

    /// Writes the ISO text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Whether the left day is the earlier one.
    public static func < (left: Day, right: Day) -> Bool { left.description < right.description }
}
