import Boundary
public import Foundation

/// The folder in which sandboxes live on this host: one folder for each, named by its id.
///
/// It is `$DRILL_RUNS`, or `/tmp/drills-UID`. Runs of several processes share it.
public struct RunFolders: Sendable {
    /// Its absolute path.
    public let root: String

    /// The longest root that leaves room for `/s-4f2a/shared/forward/pi1-8200.sock` within a socket's path.
    private static let longestRoot = 64

    /// Opens the folder, making it if there is none.
    ///
    /// - Throws: `MachineError` when the folder belongs to another user, is open to others, is a symbolic link,
    ///   or has too long a path for sockets.
    public static func open(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> RunFolders {
        let root = try PrivateFolder.open(
            "DRILL_RUNS", in: environment, otherwise: "/tmp/drills-\(getuid())")
        guard root.utf8.count <= longestRoot else {
            throw MachineError(
                "\(root) is too long a path: sockets below it may have 108 bytes in all",
                next: "set DRILL_RUNS to a path of at most \(longestRoot) bytes")
        }
        let runs = RunFolders(root: root)
        try HostFiles.makePrivateFolder("\(runs.root)/leases")
        return runs
    }

    /// The ids of all sandboxes that have a folder or a lease, living and dead.
    public var sandboxes: [String] {
        func names(_ folder: String) -> [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        }
        let leases = names("\(root)/leases").map { String($0.prefix { $0 != "." }) }
        return Set(names(root) + leases).filter(SandboxID.isOne).sorted()
    }

    /// The folder of a sandbox.
    public func folder(of id: String) -> String { "\(root)/\(id)" }

    /// The part of a sandbox's folder that it shares with the harness: inside it is `/sandbox`, and writable.
    public static func shared(in folder: String) -> String { "\(folder)/shared" }

    /// What the owner of a sandbox wrote about it; nil if there is no such sandbox.
    public func record(of id: String) -> LeaseRecord? {
        FileLock.note(at: leaseFile(of: id)).flatMap { try? JSONDecoder().decode(LeaseRecord.self, from: $0) }
    }

    /// Whether the owner of a sandbox is alive.
    public func isHeld(_ id: String) -> Bool {
        guard exists(leaseFile(of: id)) else { return false }
        guard let free = try? FileLock.attempt(leaseFile(of: id), .shared) else { return true }
        free.release()
        return false
    }

    /// Where a sandbox's owner holds its lock: beside the sandbox's folder, so that the whole folder can be
    /// removed under it.
    func leaseFile(of id: String) -> String { "\(root)/leases/\(id).json" }
}

/// How sandboxes are named: short, since socket paths are.
enum SandboxID {
    static func random() -> String {
        let digits = String(UInt16.random(in: .min ... .max), radix: 16)
        return "s-" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    static func isOne(_ name: String) -> Bool {
        name.count == 6 && name.hasPrefix("s-") && name.dropFirst(2).allSatisfy(\.isHexDigit)
    }
}
