import Boundary
public import Foundation

/// A frozen, healthy, fully provisioned lab: the disks of all machines, and their memory where the provider
/// can freeze it.
///
/// Its folder holds `NAME.qcow2`, `NAME.state` and `memory/NAME` for each machine, `safe/`, and
/// `checkpoint.json`. Nothing in it ever changes: sandboxes write to overlays of their own.
public struct Checkpoint: Sendable {
    /// What `checkpoint.json` says.
    public struct Description: Sendable, Codable {
        /// What the checkpoint can bring back.
        public var strength: CheckpointStrength
        /// The provider that made it.
        public var provider: String
        /// The digests of what went into it: image, plays, checkpoint.
        public var digests: [String: String]
        /// When it was taken.
        public var taken: Date
    }

    /// What it was made from.
    public let description: Description
    let image: CacheEntry
    let provisioned: CacheEntry
    let entry: CacheEntry

    init(entry: CacheEntry, image: CacheEntry, provisioned: CacheEntry) throws {
        self.entry = entry
        self.image = image
        self.provisioned = provisioned
        let data = try Data(contentsOf: URL(filePath: "\(entry.path)/checkpoint.json"))
        self.description = try JSONDecoder().decode(Description.self, from: data)
    }

    /// Compares every byte of the checkpoint, and of what it rests on, with what was written at its making.
    ///
    /// - Throws: `MachineError` naming the first file that differs.
    public func verify() async throws {
        for part in [entry, provisioned, image] { try await part.verify(deep: true) }
    }

    static func write(_ description: Description, to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try SharedPath("\(folder)/checkpoint.json").replace(with: encoder.encode(description))
    }
}
