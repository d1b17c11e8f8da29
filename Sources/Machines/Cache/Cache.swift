import Boundary
public import Foundation

/// Keeps what is too dear to make twice: images, provisioned disks and checkpoints.
///
/// Each lies under the digest of what went into it, and processes share them. An entry is built beside its place and renamed
/// into it, so there is no half-written one; it is built by one process at a time, and never changes afterwards.
public struct Cache: Sendable {
    /// Its folder, outside every checkout.
    public let root: String

    /// How long the steps of earlier bring-ups took.
    public var timings: Timings { Timings(folder: "\(root)/timings") }

    /// The cache of this user: `$DRILL_CACHE`, or `~/.cache/recovery-drills`.
    ///
    /// - Throws: `MachineError` when the folder is not this user's alone: checkpoints hold keys and shares.
    public static func standard(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Cache {
        Cache(
            root: try PrivateFolder.open(
                "DRILL_CACHE", in: environment, otherwise: "\(NSHomeDirectory())/.cache/recovery-drills"))
    }

    /// The entry for a key: the one that is there, or a new one.
    ///
    /// A damaged entry is set aside and built anew. If another process builds it, this one waits.
    ///
    /// - Parameters:
    ///   - kind: `image`, `provisioned` or `checkpoint`.
    ///   - deadline: How long to wait for another builder; the build itself has no deadline here.
    ///   - progress: Told what is waited for, set aside and built.
    ///   - build: Fills the folder that it is given; when it throws, nothing is left of it.
    public func entry(
        kind: String, key: CacheKey, deadline: Duration = .seconds(7200),
        progress: @escaping @Sendable (String) -> Void = { _ in },
        build: (_ staging: String) async throws -> Void
    ) async throws -> CacheEntry {
        let place = CachePlace(root: root, kind: kind, key: key.digest)
        try HostFiles.makePrivateFolder("\(root)/\(kind)")
        let claim = CacheClaim(place: place)
        while true {
            switch try await claim.take(within: deadline, progress: progress) {
            case .found(let use): return CacheEntry(place: place, use: use)
            case .mine(let lock):
                defer { lock.release() }
                try await construct(at: place, progress: progress, build: build)
                // Others may use it from here on, and so do we, by the same way as they.
                try lock.write(Data())
            }
        }
    }

    private func construct(
        at place: CachePlace, progress: @Sendable (String) -> Void, build: (String) async throws -> Void
    ) async throws {
        // What a builder left that was killed, or an entry without its manifest.
        for left in [place.staging, place.folder] where exists(left) {
            try FileManager.default.removeItem(atPath: left)
        }
        let before = timings.last(place.kind).map { " (last time \($0.inSeconds))" } ?? ""
        progress("building \(place.title)\(before)")
        let started = ContinuousClock.now
        do {
            try FileManager.default.createDirectory(
                atPath: place.staging, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            try await build(place.staging)
            let took = ContinuousClock.now - started
            try await Disk.onOwnThread {
                let manifest = try Manifest.describe(
                    place.staging, kind: place.kind, key: place.key, took: took)
                try manifest.write(to: place.staging)
                guard rename(place.staging, place.folder) == 0 else {
                    throw MachineError.system("cannot rename \(place.staging)")
                }
                try Disk.flush((place.folder as NSString).deletingLastPathComponent)
            }
            timings.record(place.kind, took)
        } catch {
            let free = Disk.freeMB(at: root)
            try? FileManager.default.removeItem(atPath: place.staging)
            guard let free, free < Self.fullMB else { throw error }
            throw MachineError(
                "the disk of \(root) is full: \(free) MB were free when building \(place.title) failed",
                lastSeen: "\(error)",
                next: "drillctl cache prune --older-than 7d, or set DRILL_CACHE to a larger disk")
        }
    }

    /// With less than this free, in mebibytes, a failed build is put down to a full disk: the next write of a
    /// guest's disk or memory would not have fitted.
    private static let fullMB = 64
}
