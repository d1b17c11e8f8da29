/// One thing that a sandbox needs from this host, and how it stands.
public struct HostCheck: Sendable, Codable, Equatable {
    /// How a check came out.
    public enum State: String, Sendable, Codable {
        /// It is there.
        case good
        /// It is not, and no sandbox can be had without it.
        case missing
        /// Drills run without it, but slower, or not all of them.
        case note
    }

    /// What was looked at.
    public let name: String
    /// How it came out.
    public let state: State
    /// What was seen.
    public let seen: String
    /// The command that mends it; nil where it is good.
    public let remedy: String?

    static func good(_ name: String, _ seen: String) -> HostCheck {
        HostCheck(name: name, state: .good, seen: seen, remedy: nil)
    }

    static func missing(_ name: String, _ seen: String, mend: String = HostReport.setup) -> HostCheck {
        HostCheck(name: name, state: .missing, seen: seen, remedy: mend)
    }

    static func note(_ name: String, _ seen: String, mend: String? = nil) -> HostCheck {
        HostCheck(name: name, state: .note, seen: seen, remedy: mend)
    }
}
