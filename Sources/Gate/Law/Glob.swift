import Foundation

/// Paths by pattern: `*` and `?` within one name, `**` for any number of folders.
enum Glob {
    /// Whether a path is of a pattern; letters count as they are written.
    static func matches(_ pattern: String, _ path: String) -> Bool {
        matches(pattern.split(separator: "/")[...], path.split(separator: "/")[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "**" {
            let rest = pattern.dropFirst()
            return rest.isEmpty ? !path.isEmpty : path.indices.contains { matches(rest, path[$0...]) }
        }
        guard let name = path.first, fnmatch(String(first), String(name), 0) == 0 else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }
}
