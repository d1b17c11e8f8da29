import Foundation

/// Why evidence could not be written or read: what, where, and what to do next.
public struct EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of trouble, for callers that decide by them.
    public enum Code: String, Sendable {
        /// The operating system refused: full disk, missing permission, a file where a folder should be.
        case system
        /// A secret that cannot be redacted safely, or one without a usable name.
        case badSecret
        /// A journal with a line, other than a cut-off last one, that is not what was written.
        case tornJournal
        /// There is no such run.
        case noRun
        /// A file of evidence that does not hold what it should.
        case unreadable
        /// A record that the chain holds already.
        case settled
        /// There is no chain of evidence.
        case noTrail
        /// A chain of evidence that no entry can be added to.
        case brokenChain
        /// A signing key that cannot be used, or no key at all.
        case badKey
    }

    /// What kind of trouble it is.
    public let code: Code
    /// The whole message for a person; it never holds a secret.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A chain without an entry.
    static func noEntry(in root: URL) -> EvidenceError {
        EvidenceError(.noTrail, "\(root.path)/\(ChainLog.name) has no entry yet: run a drill")
    }

    /// An error of the operating system: what was being done, to which file, and what helps.
    static func system(_ doing: String, _ path: String, errno number: Int32) -> EvidenceError {
        let advice =
            switch number {
            case ENOSPC, EDQUOT, EFBIG: "free some space there"
            case EACCES, EPERM, EROFS: "make it writable"
            case ENOTDIR, EEXIST, EISDIR: "move away what stands in its place"
            default: "mend that"
            }
        return EvidenceError(
            .system,
            "cannot \(doing) \(path): \(String(cString: strerror(number))); "
                + "\(advice), or set DRILL_EVIDENCE to another folder")
    }
}
