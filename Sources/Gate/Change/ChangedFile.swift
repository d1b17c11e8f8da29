/// One file that a change touches, as the diff tells of it.
public struct ChangedFile: Sendable, Equatable {
    /// Its path after the change, or before it where it is deleted.
    public var path: String
    /// Where it was renamed from; nil for all others.
    public var renamedFrom: String?
    /// Its mode before, as git writes it; nil where it is new, or the mode is not told.
    public var oldMode: String?
    /// Its mode after; nil where it is deleted, or the mode is not told.
    public var newMode: String?
    /// Whether what it holds now is not in the diff: binary, renamed or copied.
    public var isUnseen = false
    /// The lines that went, without the minus.
    public var removed: [String] = []
    /// The lines that came, without the plus.
    public var added: [String] = []
    /// Where the lines that went stood before, counted from 1.
    public var removedAt: [Int] = []
    /// Where the lines that came stand after, counted from 1.
    public var addedAt: [Int] = []

    /// Whether it is deleted.
    public var isDeleted = false
    /// Whether it was not there before.
    public var isNew = false

    /// What cannot be let through whatever a rule says of the path; nil for a plain file.
    var modeTrouble: String? {
        switch newMode {
        case "120000": "is a symbolic link, and no rule judges what it leads to"
        case "160000": "is a submodule, and no rule judges what it holds"
        case nil, "100644", "100755": nil
        default: "has the mode \(newMode ?? "?"), which no plain file has"
        }
    }
}
