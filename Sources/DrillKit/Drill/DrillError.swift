/// Something that kept a drill or a service from going on: what, last seen, and what to do next.
public struct DrillError: Error, CustomStringConvertible {
    /// What failed and where.
    public let what: String
    /// What was last seen.
    public let lastSeen: String?
    /// What the reader can do next.
    public let next: String?

    /// Makes an error; empty observations are left out of its text.
    public init(_ what: String, lastSeen: String? = nil, next: String? = nil) {
        self.what = what
        self.lastSeen = lastSeen.flatMap { $0.isEmpty ? nil : $0 }
        self.next = next
    }

    /// The error in one line.
    public var description: String {
        [what, lastSeen.map { "last seen: \($0)" }, next.map { "next: \($0)" }]
            .compactMap(\.self).joined(separator: "; ")
    }
}
