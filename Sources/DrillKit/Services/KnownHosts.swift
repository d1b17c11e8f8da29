import Foundation

/// The host keys that somebody knows: the file `known_hosts` in his safe, a line for each machine.
struct KnownHosts {
    private let path: String

    /// The host keys known in a safe.
    init(in safe: String) { path = "\(safe)/known_hosts" }

    /// Writes the lines of all machines, each with its newline; nobody else may read them.
    func write(_ lines: [String]) throws {
        try lines.sorted().joined().write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Writes a machine's line in place of the one that was there.
    func learn(_ line: String, of machine: String) throws {
        let known = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("\(machine),") }
        try write(known.map { "\($0)\n" } + [line])
    }
}
