/// Which of its controls a wall has: every one, except where the hostile suite looks whether it notices a hole.
public struct Wall: Sendable {
    /// The wall of everything that runs here.
    public static let whole = Wall(missing: [])

    private let missing: Set<WallRule>
    /// The file of the host that is left open for whoever is started, where descriptors are handed on.
    let leaked: String

    private init(missing: Set<WallRule>, leaked: String = "/dev/null") {
        self.missing = missing
        self.leaked = leaked
    }

    /// A wall with holes, for the hostile suite alone: a test sees that nothing else names this.
    package init(without missing: Set<WallRule>, leaking leaked: String) {
        self.init(missing: missing, leaked: leaked)
    }

    /// Whether the control is there.
    package func has(_ rule: WallRule) -> Bool { !missing.contains(rule) }

    /// The arguments where the control is there, else others.
    func with(_ rule: WallRule, _ arguments: [String], else others: [String] = []) -> [String] {
        has(rule) ? arguments : others
    }

    /// The command as it is started: where descriptors are handed on, with one open.
    func starting(_ command: [String]) -> [String] {
        has(.descriptors) ? command : ["/bin/sh", "-c", #"exec 7<"$0"; exec "$@""#, leaked] + command
    }
}
