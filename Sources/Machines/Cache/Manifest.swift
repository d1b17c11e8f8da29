import Boundary
import Foundation

/// What a cache entry holds, in its `manifest.json`: an entry without one was never finished.
struct Manifest: Codable, Sendable {
    /// One file.
    struct File: Codable, Sendable, Hashable {
        var path: String
        var bytes: Int64
        /// In nanoseconds since 1970.
        var modified: Int64
        var sha256: String
    }

    static let name = "manifest.json"

    var kind: String
    var key: String
    var made: Date
    /// How long it took to build.
    var seconds: Double
    var files: [File]

    /// Describes all files in a folder, and writes them through to the disk.
    ///
    /// - Throws: ``MachineError`` where something is neither a file nor a folder: nothing that we freeze is, and a link
    ///   would be followed by whoever is restored from it.
    static func describe(_ folder: String, kind: String, key: String, took: Duration) throws -> Manifest {
        let files = try FolderWalk.files(in: folder).map { item in
            let path = "\(folder)/\(item.path)"
            guard case .file = item.kind else {
                throw MachineError(
                    "\(path) is neither a file nor a folder, so nothing of it all is kept",
                    next: "see which play or script left it there")
            }
            let sha256 = try FileDigest.sha256(of: SharedPath(path))
            try Disk.flush(path)
            return File(path: item.path, bytes: item.bytes, modified: item.modified, sha256: sha256)
        }
        return Manifest(kind: kind, key: key, made: Date(), seconds: took / .seconds(1), files: files)
    }

    func write(to folder: String) throws {
        let path = "\(folder)/\(Self.name)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        // A sandbox that was frozen into the folder could write to it.
        try SharedPath(path).replace(with: encoder.encode(self))
        try Disk.flush(path)
        try Disk.flush(folder)
    }

    /// What is wrong with an entry; nil if nothing is.
    ///
    /// Size and time of every file are looked at, which takes microseconds; the contents of those whose time
    /// differs, and with `deep` of all, are read.
    static func damage(of folder: String, key: String, deep: Bool) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else { return "its manifest cannot be read" }
        guard manifest.key == key else { return "it was made for another key, \(manifest.key)" }
        for file in manifest.files {
            do {
                if let damage = try file.damage(in: folder, deep: deep) { return "\(file.path): \(damage)" }
            } catch {
                return "\(error)"
            }
        }
        return nil
    }
}

extension Manifest.File {
    fileprivate func damage(in folder: String, deep: Bool) throws -> String? {
        guard let item = try FolderWalk.item(path, in: folder), case .file = item.kind else {
            return "it is no file"
        }
        guard item.bytes == bytes else { return "\(item.bytes) bytes instead of \(bytes)" }
        guard deep || item.modified != modified else { return nil }
        let seen = try FileDigest.sha256(of: SharedPath("\(folder)/\(path)"))
        return seen == sha256 ? nil : "its contents have changed"
    }
}
