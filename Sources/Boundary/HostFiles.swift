import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The few things the wall asks of the host's file system.
package enum HostFiles {
    /// Opens a log for appending, readable by its owner alone.
    static func openLog(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .append, .closeOnExec],
            permissions: [.ownerReadWrite])
    }

    /// Makes a folder, and those above it, for its owner alone.
    package static func makePrivateFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    static func isExecutable(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// The text of a file; nil when it cannot be read.
    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The pids of a single-threaded process's children, as the kernel lists them.
    static func children(of processID: Int32) -> [Int32] {
        (text("/proc/\(processID)/task/\(processID)/children") ?? "")
            .split(separator: " ").compactMap { Int32($0) }
    }

    /// The first of them.
    static func firstChild(of processID: Int32) -> Int32? { children(of: processID).first }

    /// The name of the program that a process runs.
    static func program(of processID: Int32) -> String? {
        text("/proc/\(processID)/comm").map { String($0.dropLast()) }
    }
}
