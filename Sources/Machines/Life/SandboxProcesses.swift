import Foundation

/// The processes of one sandbox, as this host sees them.
enum SandboxProcesses {
    /// Those that still live: the recorded first process of its namespace, and every process that sees a part of the
    /// sandbox's folder as a mount of its own, which only its namespace's do.
    static func living(in runs: RunFolders, id: String) -> Set<ProcessIdentity> {
        var living: Set<ProcessIdentity> = []
        if let folder = MountedPath(of: runs.folder(of: id)) {
            living.formUnion(
                processes.filter { sees(folder, $0) }.compactMap(ProcessIdentity.init(of:)))
        }
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
    private static func sees(_ folder: MountedPath, _ pid: Int32) -> Bool {
        MountEntry.all(of: "\(pid)").contains { mount in
            mount.device == folder.device && "\(mount.root)/".hasPrefix("\(folder.path)/")
        }
    }
}
