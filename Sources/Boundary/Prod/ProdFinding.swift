/// A spelling of one of prod's addresses in a text.
public struct ProdFinding: Sendable, Hashable {
    /// The line, counted from 1.
    public var line: Int
    /// The word of the text that holds it, as it stands there.
    public var token: String
    /// The address that it means, dotted.
    public var address: String
}
