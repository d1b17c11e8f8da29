/// A machine or a sandbox that could not be made, started, frozen or reached.
public struct MachineError: Error, CustomStringConvertible {
    /// What failed and where.
    public let what: String
    /// What was last seen of it.
    public let lastSeen: String?
    /// What the operator can do next.
    public let next: String?

    /// What is last seen of a machine that was wrecked: nothing else tells that it is lost for good.
    public static let noDisk = "it has no disk any more"

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

    static func isOff(_ machine: String) -> MachineError {
        MachineError("\(machine) is switched off", next: "switch it on first")
    }
}
