import Foundation

/// A path as the kernel names it in any mount namespace: its file system, and the way to it from that one's root.
struct MountedPath {
    /// The file system's number, `major:minor`.
    let device: String
    /// The path from the file system's root.
    let path: String

    /// Finds a path among this process's mounts; nil where there is no such path.
    init?(of path: String) {
        guard let path = try? withoutLinks(path) else { return nil }
        // The last of the longest: one mount hides another at the same place.
        let holding = MountEntry.all(of: "self").filter {
            $0.place == "/" || "\(path)/".hasPrefix("\($0.place)/")
        }
        guard let longest = holding.map(\.place.count).max(),
            let mount = holding.last(where: { $0.place.count == longest })
        else { return nil }
        device = mount.device
        let below = mount.place == "/" ? path : String(path.dropFirst(mount.place.count))
        self.path = mount.root == "/" && !below.isEmpty ? below : mount.root + below
    }
}

/// One line of `/proc/PID/mountinfo` (proc(5)).
struct MountEntry {
    /// The file system's number, `major:minor`.
    let device: String
    /// What is mounted, from the file system's root.
    let root: String
    /// Where it is mounted.
    let place: String

    /// A line's mount; nil for a line that is none.
    init?(_ line: Substring) {
        let fields = line.split(separator: " ", maxSplits: 5)
        guard fields.count > 5 else { return nil }
        device = String(fields[2])
        root = Self.plain(fields[3])
        place = Self.plain(fields[4])
    }

    /// The mounts that a process sees; none when it has ended.
    static func all(of pid: String) -> [MountEntry] {
        let text = FileManager.default.contents(atPath: "/proc/\(pid)/mountinfo") ?? Data()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap(MountEntry.init)
    }

    /// A name without its escapes: the kernel writes a space, a tab, a newline and a backslash as three octal digits.
    private static func plain(_ field: Substring) -> String {
        let escapes = [("040", " "), ("011", "\t"), ("012", "\n"), ("134", "\\")]
        return escapes.reduce(String(field)) { $0.replacing("\\\($1.0)", with: $1.1) }
    }
}
