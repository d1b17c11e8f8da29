public import Foundation

/// One thing in the cache that takes space.
public struct CacheListing: Sendable, Hashable {
    /// What state it is in.
    public enum State: String, Sendable {
        /// Finished and free.
        case ready
        /// Used by a living process.
        case inUse = "in use"
        /// Being built by a living process.
        case building
        /// Left by a process that died, or set aside as damaged: no use to anybody.
        case left = "left over"
    }

    /// What it is: `image`, `provisioned`, `checkpoint`.
    public let kind: String
    /// Its folder's name: the beginning of the digest of what went into it.
    public let name: String
    /// Its state when it was looked at.
    public let state: State
    /// What it takes on the disk, in bytes; of sparse files only what they really take.
    public let bytes: Int64
    /// When it was last used or built.
    public let lastUsed: Date
    /// Its folder.
    public let path: String
}

/// What to remove from the cache.
public enum CachePrune: Sendable {
    /// Everything that is not in use.
    case all
    /// What has not been used for this long.
    case unused(for: Duration)
    /// What was used longest ago, until the rest takes at most so many bytes.
    case keeping(bytes: Int64)
}

extension Cache {
    /// All that is in the cache, last used first.
    public func list() throws -> [CacheListing] {
        try folders(of: root).flatMap { kind in
            try folders(of: "\(root)/\(kind)").compactMap { try listing(kind: kind, name: $0) }
        }.sorted { $0.lastUsed > $1.lastUsed }
    }

    /// Removes what the policy says and what was left over; nothing that is in use or being built.
    ///
    /// - Returns: What was removed.
    public func prune(_ policy: CachePrune) throws -> [CacheListing] {
        let listed = try list()
        var kept = listed.reduce(0) { $0 + $1.bytes }
        return try listed.reversed().filter { item in
            let goes =
                switch policy {
                case .all: true
                case .unused(let age): item.lastUsed.timeIntervalSinceNow < -(age / .seconds(1))
                case .keeping(let bytes): kept > bytes
                }
            guard goes || item.state == .left, try remove(item) else { return false }
            kept -= item.bytes
            return true
        }
    }

    private func listing(kind: String, name: String) throws -> CacheListing? {
        let stem = String(name.prefix { $0 != "." })
        // Only what is named as we name it: other tools keep things here too.
        guard stem.count == CachePlace.nameLength, stem.allSatisfy(\.isHexDigit) else { return nil }
        let path = "\(root)/\(kind)/\(name)"
        let lock = "\(root)/\(kind)/\(stem).lock"
        let finished = name == stem && exists("\(path)/\(Manifest.name)")
        let free = try FileLock.attempt(lock, .exclusive)
        free?.release()
        let state: CacheListing.State =
            switch (free == nil, finished) {
            case (true, true): .inUse
            case (true, false): name.hasSuffix(".damaged") ? .left : .building
            case (false, true): .ready
            case (false, false): .left
            }
        let used = try FileManager.default.attributesOfItem(atPath: lock)[.modificationDate] as? Date
        return CacheListing(
            kind: kind, name: name, state: state, bytes: Disk.bytesOnDisk(path),
            lastUsed: used ?? .distantPast, path: path)
    }

    /// Removes it, unless somebody uses it by now.
    private func remove(_ item: CacheListing) throws -> Bool {
        let place = CachePlace(root: root, kind: item.kind, key: String(item.name.prefix { $0 != "." }))
        guard let lock = try FileLock.attempt(place.lock, .exclusive) else { return false }
        defer { lock.release() }
        if item.path == place.folder {
            // Renamed first: killed half-way, this leaves no entry that looks whole.
            guard rename(place.folder, place.removed) == 0 else { return false }
            try FileManager.default.removeItem(atPath: place.removed)
            lock.remove()
        } else {
            try FileManager.default.removeItem(atPath: item.path)
        }
        return true
    }

    private func folders(of path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\($0)", isDirectory: &isFolder)
                && isFolder.boolValue
        }
    }
}
