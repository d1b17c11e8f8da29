import Foundation

extension Cache {
    /// Looks whether a finished entry's files are still what was built.
    ///
    /// - Parameter deep: Whether to read all contents again (about 1.4 GB a second) instead of looking at
    ///   sizes and times alone.
    /// - Returns: What is wrong with it; nil if nothing is.
    public func damage(of item: CacheListing, deep: Bool) async throws -> String? {
        let (path, name) = (item.path, item.name)
        return try await Disk.onOwnThread {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(Manifest.name)"),
                let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
            else { return "its manifest cannot be read" }
            guard manifest.key.hasPrefix(name) else { return "it was made for another key, \(manifest.key)" }
            return Manifest.damage(of: path, key: manifest.key, deep: deep)
        }
    }

    /// Sets a damaged entry aside, so that the next start builds it anew: a start alone sees sizes and times.
    ///
    /// - Returns: Whether that was done; not where somebody uses the entry, or has built it anew since it was looked at.
    public func setAside(_ item: CacheListing, deep: Bool) async throws -> Bool {
        let place = CachePlace(root: root, kind: item.kind, key: item.name)
        guard exists(place.folder), let lock = try FileLock.attempt(place.lock, .exclusive) else {
            return false
        }
        defer { lock.release() }
        guard exists(place.folder), try await damage(of: item, deep: deep) != nil else { return false }
        try place.setAside()
        return true
    }
}
