import Foundation

/// The processes of one sandbox, as this host sees them.
enum SandboxProcesses {
    /// Those that still live: the recorded first process of its namespace, and every process that sees a part of the
    /// sandbox's folder as a mount of its own, which only its namespace's do.
    static func living(in runs: RunFolders, id: String) -> Set<ProcessIdentity> {
        var living = Set(
            processes.filter { sees(folder: runs.folder(of: id), $0) }
                .compactMap(ProcessIdentity.init(of:)))
        if let data = FileManager.default.contents(atPath: "\(runs.folder(of: id))/namespace.pid"),
            let first = try? JSONDecoder().decode(ProcessIdentity.self, from: data), first.isAlive
        {
            living.insert(first)
        }
        return living
    }

    private static var processes: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// Whether the folder, or one below it, is the root of one of the process's mounts.
    ///
    /// mountinfo names it as seen from the root of its file system: of `/tmp/drills-0/s-4f2a` at least the
    /// last two parts. The id is not reused while its folder stands.
    private static func sees(folder: String, _ pid: Int32) -> Bool {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/mountinfo") else { return false }
        let part =
            "/"
            + folder.split(separator: "/").suffix(2).joined(separator: "/")
            .replacingOccurrences(of: " ", with: "\\040") + "/"
        return String(decoding: data, as: UTF8.self).split(separator: "\n").contains { line in
            let fields = line.split(separator: " ", maxSplits: 4)
            return fields.count > 3 && "\(fields[3])/".contains(part)
        }
    }
}
