/// An optional that is written as `null` when it is nil, where an optional alone would leave its key out.
///
/// A missing key is read as nil.
@propertyWrapper
public struct ExplicitNull<Value: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    /// The value, if it is known.
    public var wrappedValue: Value?

    /// Wraps a value; nil for one that is not known.
    public init(wrappedValue: Value? = nil) { self.wrappedValue = wrappedValue }

    /// Reads the value, or null.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
    }

    /// Writes the value, or null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension KeyedDecodingContainer {
    /// Reads an optional whose key may be missing; what synthesized conformances call.
    public func decode<Value>(
        _ type: ExplicitNull<Value>.Type, forKey key: Key
    ) throws -> ExplicitNull<Value> {
        ExplicitNull(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
    }
}
