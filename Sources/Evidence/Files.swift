import Foundation

/// The few file operations on which the evidence's promises rest.
enum Files {
    /// Puts a whole file in its place: readers see the old content or the new one, also after a power cut.
    static func replace(_ file: URL, with data: Data) throws {
        let temporary = sibling(of: file)
        let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EvidenceError.system("write", file.path, errno: errno) }
        var failure = writeAll(data, to: descriptor)
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(temporary.path, file.path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(temporary.path)
            throw EvidenceError.system("write", file.path, errno: failure)
        }
        syncFolder(file.deletingLastPathComponent())
    }

    /// Points a link at a name beside it, in one step for whoever follows it.
    static func replaceLink(_ link: URL, to name: String) throws {
        let temporary = sibling(of: link)
        guard symlink(name, temporary.path) == 0 else {
            throw EvidenceError.system("make the link", link.path, errno: errno)
        }
        guard rename(temporary.path, link.path) == 0 else {
            let failure = errno
            unlink(temporary.path)
            throw EvidenceError.system("replace the link", link.path, errno: failure)
        }
        syncFolder(link.deletingLastPathComponent())
    }

    /// Makes one folder; false when something of that name is there already.
    static func makeFolder(_ folder: URL) throws -> Bool {
        if mkdir(folder.path, 0o755) == 0 { return true }
        if errno == EEXIST { return false }
        throw EvidenceError.system("make the folder", folder.path, errno: errno)
    }

    /// Makes a folder and those above it, whichever are missing.
    static func makeFolders(_ folder: URL) throws {
        if isFolder(folder) { return }
        let parent = folder.deletingLastPathComponent()
        if parent.path != folder.path { try makeFolders(parent) }
        // Another process may have made it meanwhile, which is as good.
        guard try makeFolder(folder) || isFolder(folder) else {
            throw EvidenceError.system("make the folder", folder.path, errno: ENOTDIR)
        }
    }

    /// Whether this is a folder, or a link to one.
    static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The folders in a folder, by name, hidden ones and links left out.
    static func folders(in folder: URL) throws -> [URL] {
        try names(in: folder.path).filter { !$0.hasPrefix(".") }.map { folder.appending(path: $0) }
            .filter { isFolder($0) && !isLink($0) }
    }

    /// The regular files below a folder, by name; links in it are left out, and what cannot be read is not passed over.
    static func regularFiles(below folder: String) throws -> [String] {
        try names(in: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            return switch try type(of: path) {
            case .typeRegular?: [path]
            case .typeDirectory?: try regularFiles(below: path)
            default: []
            }
        }
    }

    /// What a path is; of a link, that it is one.
    static func type(of path: String) throws -> FileAttributeType? {
        do {
            return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        } catch {
            throw EvidenceError(.unreadable, "cannot look at \(path): \(error.localizedDescription)")
        }
    }

    private static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw EvidenceError(.unreadable, "cannot list \(folder): \(error.localizedDescription)")
        }
    }

    private static func isLink(_ url: URL) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)) != nil
    }

    /// A new hidden name in the same folder, so that a rename stays within the file system.
    private static func sibling(of file: URL) -> URL {
        let name = ".\(file.lastPathComponent).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
        return file.deletingLastPathComponent().appending(path: name)
    }

    /// Writes everything, from a place in the file on; the error's number, or 0.
    static func writeAll(_ data: Data, to descriptor: Int32, at start: off_t = 0) -> Int32 {
        data.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = pwrite(
                    descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written,
                    start + off_t(written))
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                written += count
            }
            return 0
        }
    }

    /// Makes a rename last; where a file system refuses this, the rename is still done: nothing to report.
    static func syncFolder(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
