import Boundary
import Foundation
public import Machines

/// The sandboxes that exist on this host, seen from outside of the processes that own them.
public struct SandboxRoll: Sendable {
    /// One sandbox.
    public struct Entry: Sendable {
        /// The sandbox's id.
        public let id: String
        /// Its folder on this host.
        public let folder: String
        /// What its owner says of it; nil when it left nothing readable.
        public let record: LeaseRecord?
        /// Whether its owner lives; the next start reaps it otherwise.
        public let isOwned: Bool

        /// The names of its machines, sorted.
        public var machines: [String] {
            let shared = RunFolders.shared(in: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: shared)) ?? []
            return names.filter { (try? SharedPath("\(shared)/\($0)/overlay.qcow2").exists()) == true }
                .sorted()
        }

        /// How to get in; nil before it is healthy and in sandboxes that nobody opened to visitors.
        public var wayIn: WayIn? { isOwned ? WayIn(folder: folder) : nil }

        /// The file whose removal lets a held sandbox go.
        public var holdFile: String { "\(folder)/hold" }

        /// Whether KEEP=1 holds it at the step that failed.
        public var isKept: Bool { FileManager.default.fileExists(atPath: holdFile) }

        /// Whether it is the one of `drillctl up`.
        public var isSupervised: Bool { record?.purpose == SandboxRoll.supervised }
    }

    /// What the sandbox of `drillctl up` is for, as its lease says.
    public static let supervised = "drillctl up"

    /// All sandboxes, by id.
    public let entries: [Entry]

    /// Looks into a folder of runs.
    public init(runs: RunFolders) {
        entries = runs.sandboxes.map { id in
            Entry(
                id: id, folder: runs.folder(of: id), record: runs.record(of: id), isOwned: runs.isHeld(id))
        }
    }

    /// The sandboxes of `drillctl up` whose supervisor lives.
    public var up: [Entry] { entries.filter { $0.isSupervised && $0.isOwned } }

    /// The sandbox with this id.
    ///
    /// - Throws: ``DrillError`` with the ids that there are.
    public func entry(_ id: String) throws -> Entry {
        guard let entry = entries.first(where: { $0.id == id }) else {
            let known = entries.isEmpty ? "none exists" : entries.map(\.id).joined(separator: ", ")
            throw DrillError("there is no sandbox \(id)", lastSeen: known, next: "see `drillctl list`")
        }
        return entry
    }

    /// The sandbox to get into: the one with this id, or without an id the only one that is open.
    ///
    /// - Throws: ``DrillError`` when it is not open, or when there is none or a choice of several.
    public func open(_ id: String?) throws -> (entry: Entry, way: WayIn) {
        if let id {
            let entry = try entry(id)
            guard let way = entry.wayIn else {
                throw DrillError(
                    "nobody can get into \(id)",
                    lastSeen: entry.isOwned
                        ? "it is at work: \(entry.record?.purpose ?? "?")" : "its owner is dead",
                    next: entry.isOwned ? "wait until it is healthy or held" : "run `drillctl reap`")
            }
            return (entry, way)
        }
        let open = entries.compactMap { entry in entry.wayIn.map { (entry, $0) } }
        guard let only = open.first else {
            throw DrillError("no lab is up", next: "run `drillctl up`")
        }
        guard open.count == 1 else {
            throw DrillError(
                "several sandboxes are open", lastSeen: open.map(\.0.id).joined(separator: ", "),
                next: "name one with --sandbox")
        }
        return only
    }
}
