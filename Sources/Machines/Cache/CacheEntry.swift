import Foundation

/// An entry of the cache in use: as long as this exists, nobody prunes it.
///
/// Its files never change; whoever keeps a path into it keeps this too.
public final class CacheEntry: Sendable {
    /// What it is: `image`, `provisioned` or `checkpoint`.
    public let kind: String
    /// The digest of what went into it.
    public let key: String
    /// Its folder.
    public let path: String
    private let use: FileLock

    init(place: CachePlace, use: FileLock) {
        self.kind = place.kind
        self.key = place.key
        self.path = place.folder
        self.use = use
    }

    /// Looks whether its files are still what was built.
    ///
    /// - Parameter deep: Whether to read all contents again (about 1.4 GB a second) instead of looking at
    ///   sizes and times alone.
    /// - Throws: `MachineError` that names the first damaged file.
    public func verify(deep: Bool) async throws {
        let (path, key) = (path, key)
        let damage = try await Disk.onOwnThread { Manifest.damage(of: path, key: key, deep: deep) }
        guard let damage else { return }
        throw MachineError(
            "\(kind) \(path) is damaged", lastSeen: damage,
            next: "drillctl cache prune --all, then try again")
    }

    /// Gives it back: from here on it may be pruned.
    public func release() { use.release() }
}

/// Where one entry of the cache lies, and what lies around it.
struct CachePlace: Sendable {
    let kind: String
    let key: String
    let folder: String

    init(root: String, kind: String, key: String) {
        self.kind = kind
        self.key = key
        self.folder = "\(root)/\(kind)/\(key.prefix(Self.nameLength))"
    }

    /// How much of a digest names a folder.
    static let nameLength = 16

    /// Held shared by those who use the entry, exclusively by whoever builds or removes it.
    var lock: String { folder + ".lock" }
    /// Where it is built.
    var staging: String { folder + ".staging" }
    /// Where a damaged one is set aside, to be looked at.
    var damaged: String { folder + ".damaged" }
    /// Where one is on its way out.
    var removed: String { folder + ".removed" }

    /// Puts a damaged one aside; only whoever holds the lock alone may.
    func setAside() throws {
        try? FileManager.default.removeItem(atPath: damaged)
        guard rename(folder, damaged) == 0 else { throw MachineError.system("cannot set \(folder) aside") }
    }

    /// How a person is told of it.
    var title: String { "\(kind) \(key.prefix(8))" }
}
