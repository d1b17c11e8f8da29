/// A place where a secret stands that should stand nowhere; the secret itself is never told.
public struct SecretFinding: Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named to the scan.
    public var file: String
    /// The line, counted from 1; 0 for the file's own name.
    public var line: Int
    /// Which secret it is, or what it looks like.
    public var what: String

    /// File, line and what stands there.
    public var description: String { "\(file):\(line): \(what)" }
}
