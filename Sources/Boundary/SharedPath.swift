public import Foundation

/// A path of the host that a sandbox can write to as well: no link on its way is followed.
///
/// Whoever is root inside could leave a link there, to a file of the operator's or to the socket of one of the host's
/// daemons, and the harness would go where it leads. So every part of the path is opened by itself, below the one
/// before it, with `O_NOFOLLOW` (open(2)).
public struct SharedPath: Sendable, CustomStringConvertible {
    /// The absolute path.
    public let description: String
    private let wall: Wall

    /// Names a path; nothing is looked at yet.
    ///
    /// - Parameter path: Absolute, and without links above what is shared too, as realpath(3) gives it.
    public init(_ path: String) { self.init(path, wall: .whole) }

    /// The same behind a wall that may have holes.
    package init(_ path: String, wall: Wall) {
        description = path
        self.wall = wall
    }

    /// Whether anything stands there, a link included.
    ///
    /// - Throws: `BoundaryError.link` where a link stands on the way, so that nobody can tell.
    public func exists() throws -> Bool {
        do { return try inFolder { $0.kind(of: $1) } != nil } catch BoundaryError.notShared { return false }
    }

    /// What is done with a file's bytes.
    public enum Access: Sendable {
        case readOnly, writeOnly, readWrite

        fileprivate var flags: Int32 {
            switch self {
            case .readOnly: O_RDONLY
            case .writeOnly: O_WRONLY
            case .readWrite: O_RDWR
            }
        }
    }

    /// Opens a file; one that is no file, such as a pipe that nobody ever writes to, is an error too.
    ///
    /// - Throws: `BoundaryError.link` where a link stands on the way, `.notShared` with the system's reason.
    public func handle(_ access: Access) throws -> FileHandle {
        try inFolder { folder, name in
            let file = try folder.open(name, access.flags | O_NONBLOCK)
            guard file.kind == S_IFREG else {
                close(file.descriptor)
                throw BoundaryError.notShared(path: description, reason: "it is no file")
            }
            return FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: true)
        }
    }

    /// What a file holds.
    ///
    /// - Throws: As ``handle(_:)``; `.notShared` where it has more than 16 MiB, which nothing has that is read whole.
    public func data() throws -> Data {
        let limit = 16 << 20
        let data = try handle(.readOnly).read(upToCount: limit + 1) ?? Data()
        guard data.count <= limit else {
            throw BoundaryError.notShared(path: description, reason: "it has more than \(limit) bytes")
        }
        return data
    }

    /// A file's text.
    ///
    /// - Throws: As ``data()``.
    public func text() throws -> String { String(decoding: try data(), as: UTF8.self) }

    /// Puts a file of these bytes in the place of whatever stands there; nobody but its owner can read it.
    ///
    /// - Throws: As ``handle(_:)``.
    public func replace(with data: some DataProtocol) throws {
        try inFolder { folder, name in
            let fresh = ".\(name).\(UInt32.random(in: .min ... .max))"
            let file = try folder.open(fresh, O_WRONLY | O_CREAT | O_EXCL).descriptor
            do {
                let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
                try handle.write(contentsOf: data)
                try handle.close()
                try folder.rename(fresh, to: folder, name)
            } catch {
                try? folder.unlink(fresh)
                throw error
            }
        }
    }

    /// Makes a folder that nobody but its owner can enter, if there is none.
    ///
    /// - Throws: `BoundaryError.link` where a link stands in its place or on the way, `.notShared` otherwise.
    public func makeFolder() throws {
        try inFolder { folder, name in
            try folder.makeFolder(name)
            _ = try folder.enter(name)
        }
    }

    /// Removes a file or a link; it is no error when there is none.
    ///
    /// - Throws: As ``handle(_:)``.
    public func remove() throws { try inFolder { try $0.unlink($1) } }

    /// Gives a file or a folder another place on the same disk.
    ///
    /// - Throws: As ``handle(_:)``.
    public func move(to place: SharedPath) throws {
        try inFolder { folder, name in
            try place.inFolder { try folder.rename(name, to: $0, $1) }
        }
    }

    /// Takes hold of a Unix socket, to connect to this one and no other.
    ///
    /// - Throws: As ``handle(_:)``; `.notShared` where it is no socket.
    public func hold() throws -> HeldSocket {
        try inFolder { folder, name in
            let file = try folder.open(name, SharedFolder.pathOnly)
            guard file.kind == S_IFSOCK else {
                close(file.descriptor)
                throw BoundaryError.notShared(path: description, reason: "it is no socket")
            }
            return HeldSocket(file.descriptor)
        }
    }

    /// Walks to the folder that holds the last part.
    private func inFolder<Value>(_ body: (SharedFolder, String) throws -> Value) throws -> Value {
        var parts = description.split(separator: "/").map(String.init)
        guard description.hasPrefix("/"), let last = parts.popLast() else {
            throw BoundaryError.notShared(path: description, reason: "it is no absolute path")
        }
        var folder = try SharedFolder.root(follows: !wall.has(.links))
        for part in parts { folder = try folder.enter(part) }
        return try body(folder, last)
    }
}
