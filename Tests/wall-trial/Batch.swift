import Boundary

/// Scripts that run one after the other in one shell, each for at most a minute.
struct Batch {
    private(set) var script = """
        attempt() {
            local script; script=$(cat)
            printf '\\036%s\\n' "$1"
            timeout --kill-after=1 60 bash -c "$script" </dev/null 2>&1 || true
        }

        """
    private static let mark: Character = "\u{1E}"
    private static let closing = "THAT_IS_ALL"

    mutating func add(_ id: String, _ attempt: String) {
        let quoted = id.replacing("'", with: #"'\''"#)
        script += "attempt '\(quoted)' <<'\(Self.closing)'\n\(attempt)\n\(Self.closing)\n"
    }

    /// Runs them as root of the namespace.
    func run(in namespace: Namespace) async throws -> [String: String] {
        let result = try await namespace.run(
            ["bash", "-s"], input: Array(script.utf8), deadline: .seconds(240))
        guard result.succeeded else { throw ArenaError("inside: \(result.lastWords)") }
        return Self.outcomes(in: result.text)
    }

    /// What each script said.
    static func outcomes(in text: String) -> [String: String] {
        let parts = text.split(separator: mark).map { part in
            let end = part.firstIndex(of: "\n") ?? part.endIndex
            return (String(part[..<end]), String(part[end...].dropFirst()))
        }
        return Dictionary(parts, uniquingKeysWith: { $1 })
    }
}
