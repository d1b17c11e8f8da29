import Boundary
import Crypto
import Foundation

/// SHA-256 of files of any size.
enum FileDigest {
    /// The digest as 64 hexadecimal digits; about 1.4 GB a second with the processor's SHA instructions.
    static func sha256(of path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MachineError.system("cannot read \(path)") }
        defer { close(descriptor) }
        return try sha256(of: descriptor, at: path)
    }

    /// The same of a file that a sandbox can write to.
    static func sha256(of path: SharedPath) throws -> String {
        let file = try path.handle(.readOnly)
        defer { try? file.close() }
        return try sha256(of: file.fileDescriptor, at: path.description)
    }

    private static func sha256(of descriptor: Int32, at path: String) throws -> String {
        var hash = SHA256()
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { chunk.deallocate() }
        while true {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            guard count >= 0 else { throw MachineError.system("cannot read \(path)") }
            guard count > 0 else { return hex(hash.finalize()) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }

    static func hex(_ digest: SHA256.Digest) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// What stands in a folder, at any depth.
enum FolderWalk {
    enum Kind: Sendable, Hashable {
        case file(executable: Bool)
        case link(target: String)
        /// A pipe, a socket or a device.
        case other
    }

    struct Item: Sendable, Hashable {
        /// Below the folder, such as `roles/base/tasks/main.yml`.
        var path: String
        var kind: Kind
        var bytes: Int64
        /// What it takes on the disk, which a sparse file has less of.
        var bytesOnDisk: Int64
        /// In nanoseconds since 1970.
        var modified: Int64
    }

    /// Everything but the folders, sorted by path.
    static func files(in folder: String) throws -> [Item] {
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap {
                try item($0, in: folder)
            }
        } catch let error as MachineError {
            throw error
        } catch {
            throw MachineError("cannot read the folder \(folder)", lastSeen: "\(error)")
        }
    }

    /// What stands at a path below the folder; nil if it is a folder itself.
    static func item(_ path: String, in folder: String) throws -> Item? {
        var status = stat()
        guard lstat("\(folder)/\(path)", &status) == 0 else {
            throw MachineError.system("cannot look at \(folder)/\(path)")
        }
        let kind: Kind
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file(executable: status.st_mode & S_IXUSR != 0)
        case S_IFLNK:
            kind = .link(
                target: try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(path)"))
        case S_IFDIR: return nil
        default: kind = .other
        }
        #if os(Linux)
            let modified = status.st_mtim
        #else
            let modified = status.st_mtimespec
        #endif
        return Item(
            path: path, kind: kind, bytes: Int64(status.st_size), bytesOnDisk: Int64(status.st_blocks) * 512,
            modified: Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec))
    }
}
