import Boundary
import Foundation

/// A folder that is ours alone: checkpoints and sandboxes hold keys and shares.
enum PrivateFolder {
    /// Makes the folder that the variable names, or the one of our own choice, if there is none.
    ///
    /// It refuses one that others own, reach, or put a link in place of. The one of our own choice it closes
    /// to others: a script that set things up may have made it with the umask of the day.
    static func open(
        _ variable: String, in environment: [String: String], otherwise own: String
    ) throws -> String {
        // Set to nothing it is not set, as a shell's `${NAME:-}` has it.
        let named = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        let path = named ?? own
        guard path.hasPrefix("/") else {
            throw MachineError(
                "\(variable)=\(path) is a relative path",
                next: "give \(variable) an absolute one")
        }
        try HostFiles.makePrivateFolder(path)
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
        if named == nil { chmod(path, 0o700) }
        guard named == nil || status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw refuse("others can reach it (mode \(mode))", "chmod 700 \(path)")
        }
        // Below it no link is followed (`SharedPath`): there may be none above it either, such as macOS's /tmp.
        return try withoutLinks(path)
    }
}
