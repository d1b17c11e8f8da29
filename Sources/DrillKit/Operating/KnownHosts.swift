import Boundary
import Synchronization

/// The host keys that somebody knows: the file `known_hosts` in his safe, a line for each machine.
struct KnownHosts {
    private let path: SharedPath
    /// Machines that are replaced side by side each bring a line.
    private static let change = Mutex(())

    /// The host keys known in a safe.
    init(in safe: String) { path = SharedPath("\(safe)/known_hosts") }

    /// Writes the lines of all machines, each with its newline; nobody else may read them.
    func write(_ lines: [String]) throws {
        try path.replace(with: Array(lines.sorted().joined().utf8))
    }

    /// The lines, each with its newline.
    func lines() throws -> [String] { try path.text().split(separator: "\n").map { "\($0)\n" } }

    /// Writes a machine's line in place of the one that was there.
    func learn(_ line: String, of machine: String) throws {
        try Self.change.withLock { _ in
            try write(lines().filter { !$0.hasPrefix("\(machine),") } + [line])
        }
    }
}
