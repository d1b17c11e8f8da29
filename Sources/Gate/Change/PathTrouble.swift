import Foundation

/// What makes a path another than it seems.
enum PathTrouble {
    /// Why a path cannot be judged, in words that go after it; nil for a plain one.
    static func of(_ path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { ["", ".", ".."].contains($0) }) {
            return "is no plain path below the repository"
        }
        if parts.contains(where: { $0.lowercased() == ".git" }) { return "is a path into git's own folder" }
        if path.contains("\\") { return "is a path with a backslash, which other systems take for a slash" }
        if path.unicodeScalars.contains(where: { isHidden($0) }) {
            return "is a path with a mark that does not show, or that is no text"
        }
        if Array(path.precomposedStringWithCanonicalMapping.utf8) != Array(path.utf8) {
            return "is a path whose letters are taken apart, so that two names look the same"
        }
        return nil
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            true
        // Swift puts this where bytes are no UTF-8.
        default: scalar == "\u{FFFD}"
        }
    }
}
