package import Foundation

/// The one way in which evidence is written and read as JSON: sorted keys, so that equal values are equal bytes.
package enum EvidenceJSON {
    /// One line, for the journal.
    static let line = encoder([])
    /// Indented, for files that people open.
    package static let pretty = encoder([.prettyPrinted])
    /// Reads both.
    static let decoder = JSONDecoder()

    private static func encoder(_ extra: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = extra.union([.sortedKeys, .withoutEscapingSlashes])
        return encoder
    }

    /// The same as text, for whoever asks for JSON on the terminal.
    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try pretty.encode(value), as: UTF8.self)
    }

    /// The value as it will stand in the file, open for redaction.
    static func tree(_ value: any Encodable) throws -> JSONValue {
        try decoder.decode(JSONValue.self, from: line.encode(value))
    }
}

/// A JSON value of any shape.
enum JSONValue: Codable, Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// The same value with every string, keys included, put through `change`.
    func mapStrings(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .null, .bool, .integer, .number: self
        case .string(let text): .string(change(text))
        case .array(let values): .array(values.map { $0.mapStrings(change) })
        case .object(let fields):
            .object(
                Dictionary(
                    fields.map { (change($0.key), $0.value.mapStrings(change)) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }
}
