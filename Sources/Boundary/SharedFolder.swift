import Foundation

/// An open folder on the way of a ``SharedPath``: what is asked of it is asked by its descriptor, so that nothing which
/// happens above it meanwhile can lead elsewhere.
final class SharedFolder {
    /// Only a place is asked for, not the right to read what is there (open(2), O_PATH; Glibc shows it to C alone).
    #if os(Linux)
        static let pathOnly: Int32 = 0o10_000_000
    #else
        static let pathOnly = O_RDONLY
    #endif

    private let descriptor: Int32
    private let path: String
    private let follows: Bool

    private init(_ descriptor: Int32, path: String, follows: Bool) {
        self.descriptor = descriptor
        self.path = path
        self.follows = follows
    }

    deinit { close(descriptor) }

    /// The root of the host's file system.
    static func root(follows: Bool) throws -> SharedFolder {
        let descriptor = Foundation.open("/", pathOnly | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw BoundaryError.notShared(path: "/", reason: String(cString: strerror(errno)), code: errno)
        }
        return SharedFolder(descriptor, path: "", follows: follows)
    }

    /// The folder of this name in it.
    func enter(_ name: String) throws -> SharedFolder {
        let entered = try open(name, Self.pathOnly | O_DIRECTORY)
        return SharedFolder(entered.descriptor, path: "\(path)/\(name)", follows: follows)
    }

    /// Opens what is there; a file that is made is its owner's alone.
    func open(_ name: String, _ flags: Int32) throws -> (descriptor: Int32, kind: mode_t) {
        let flags = flags | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW)
        let opened = openat(descriptor, name, flags, 0o600)
        guard opened >= 0 else { throw failure(name) }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            let error = failure(name)
            close(opened)
            throw error
        }
        guard status.st_mode & S_IFMT != S_IFLNK else {
            // A place alone is also that of a link.
            close(opened)
            throw BoundaryError.link(path: "\(path)/\(name)")
        }
        return (opened, status.st_mode & S_IFMT)
    }

    /// What kind of thing stands there, a link itself and not what it leads to; nil where nothing does.
    func kind(of name: String) -> mode_t? {
        var status = stat()
        let found = fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        return found ? status.st_mode & S_IFMT : nil
    }

    func makeFolder(_ name: String) throws {
        guard mkdirat(descriptor, name, 0o700) == 0 || errno == EEXIST else { throw failure(name) }
    }

    func unlink(_ name: String) throws {
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw failure(name) }
    }

    /// Gives what is there another name; a link that bears the new one is replaced itself.
    func rename(_ name: String, to folder: SharedFolder, _ new: String) throws {
        guard renameat(descriptor, name, folder.descriptor, new) == 0 else {
            throw folder.failure(new)
        }
    }

    /// Why a name could not be used: a link that stands there and may not be followed, or what the system says.
    private func failure(_ name: String) -> BoundaryError {
        let code = errno
        let place = "\(path)/\(name)"
        // O_NOFOLLOW says ELOOP, or ENOTDIR of what was to be a folder.
        if [ELOOP, ENOTDIR].contains(code), kind(of: name) == S_IFLNK { return .link(path: place) }
        return .notShared(path: place, reason: String(cString: strerror(code)), code: code)
    }
}
