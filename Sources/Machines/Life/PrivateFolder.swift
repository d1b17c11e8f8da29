import Foundation

/// A folder that is ours alone: checkpoints and sandboxes hold keys and shares.
enum PrivateFolder {
    /// Makes the folder if there is none, and refuses one that others own, reach, or put a link in place of.
    static func open(_ path: String, variable: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw MachineError(
                "\(variable)=\(path) is a relative path", lastSeen: nil,
                next: "give \(variable) an absolute one")
        }
        try makePrivateFolder(path)
        var status = stat()
        guard lstat(path, &status) == 0 else { throw MachineError.system("cannot look at \(path)") }
        func refuse(_ seen: String, _ next: String) -> MachineError {
            MachineError("\(path) cannot hold sandboxes' files", lastSeen: seen, next: next)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw refuse("it is a link or a file", "remove it, or set \(variable) to another folder")
        }
        guard status.st_uid == geteuid() else {
            throw refuse("user \(status.st_uid) owns it", "set \(variable) to a folder of your own")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw refuse("others can reach it (mode \(mode))", "chmod 700 \(path)")
        }
        return path
    }
}
