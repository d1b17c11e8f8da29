/// Why a section could not even be begun: what, where, and what to do next; never a secret.
public struct OperatorError: Error, Equatable, CustomStringConvertible {
    /// The whole message, for a person.
    public let description: String

    /// Makes an error of its message.
    init(_ description: String) {
        self.description = description
    }
}
