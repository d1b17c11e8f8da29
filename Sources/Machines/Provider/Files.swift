import Foundation

/// Whether anything stands at a path, a socket included.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Removes a file that an earlier process may have left; it is no error when there is none.
func removeIfPresent(_ path: String) { unlink(path) }

/// Makes a folder that nobody but its owner can enter.
func makePrivateFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
}
