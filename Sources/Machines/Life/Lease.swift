public import Foundation

/// What the owner of a sandbox says about it, in its lease file.
public struct LeaseRecord: Sendable, Codable {
    /// The sandbox's id.
    public let id: String
    /// The process that owns the sandbox.
    public let owner: ProcessIdentity
    /// When the sandbox was made.
    public let started: Date
    /// What for, in a few words, such as the drill's name.
    public let purpose: String
    /// The profile that it was made from.
    public let profile: String
}

/// The ownership of one sandbox: its folder, and a lock on it that the kernel takes back with our last breath.
public final class Lease: Sendable {
    /// The sandbox's id, such as `s-4f2a`.
    public let id: String
    /// The sandbox's folder on this host.
    public let folder: String
    private let lock: FileLock

    private init(id: String, folder: String, lock: FileLock) {
        self.id = id
        self.folder = folder
        self.lock = lock
    }

    /// Makes the folder of a new sandbox and owns it.
    ///
    /// The lock comes first, so no reaper ever sees a folder that is not owned yet.
    public static func take(in runs: RunFolders, purpose: String, profile: String) throws -> Lease {
        guard let owner = ProcessIdentity.current else {
            throw MachineError("cannot tell when this process started", next: "mount /proc")
        }
        for _ in 0..<1000 {
            let id = SandboxID.random()
            guard let lock = try FileLock.attempt(runs.leaseFile(of: id), .exclusive) else { continue }
            // Whose folder it may be that already has this name: the reaper's business, not ours.
            guard mkdir(runs.folder(of: id), 0o700) == 0 else {
                if errno == EEXIST { continue }
                let error = MachineError.system(
                    "cannot make a sandbox's folder in \(runs.root)",
                    next: "free some space there, or set DRILL_RUNS")
                lock.remove()
                throw error
            }
            let record = LeaseRecord(
                id: id, owner: owner, started: Date(), purpose: purpose, profile: profile)
            let lease = Lease(id: id, folder: runs.folder(of: id), lock: lock)
            do { try lock.write(JSONEncoder().encode(record)) } catch {
                lease.release()
                throw error
            }
            return lease
        }
        throw MachineError("\(runs.root) has no free name for a sandbox", next: "empty it")
    }

    /// Remembers the first process of the sandbox's namespace, for the reaper.
    ///
    /// - Parameter pid: As this host sees it. With that process, everything in the namespace ends.
    public func recordNamespace(_ pid: Int32) throws {
        guard let first = ProcessIdentity(of: pid) else {
            throw MachineError("the namespace of \(id) has ended", lastSeen: "no process \(pid)")
        }
        try JSONEncoder().encode(first).write(to: URL(filePath: "\(folder)/namespace.pid"), options: .atomic)
    }

    /// Removes the folder and ends the ownership; what cannot be removed is left to the reaper.
    ///
    /// The sandbox's processes must have ended. The second time does nothing.
    public func release() {
        // Given back already, its name may be somebody else's by now.
        guard lock.isHeld else { return }
        // Removed while still owned: nobody else can mistake a half-removed folder for anything.
        try? FileManager.default.removeItem(atPath: folder)
        if exists(folder) { lock.release() } else { lock.remove() }
    }
}
