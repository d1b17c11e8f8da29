public import Boundary

/// How much of a running sandbox a provider can freeze and bring back.
public enum CheckpointStrength: String, Sendable, Codable {
    /// Disks alone: a restore is a cold boot, after which the profile awakens its services.
    case disks
    /// Disks and memory: a restore goes on where the checkpoint was taken.
    case disksAndMemory
}

/// What makes machines: QEMU here, multipass on the user's Mac one day.
///
/// Drills never see a provider. They get a healthy sandbox whichever strength its checkpoint has.
public protocol Provider: Sendable {
    /// The provider's name, as verdicts record it.
    var name: String { get }
    /// The strongest checkpoint that it can take.
    var strength: CheckpointStrength { get }
    /// What runs the guests' instructions, and why.
    var acceleration: AcceleratorChoice { get }
    /// What the provider itself puts into a checkpoint: versions and settings whose change makes it unusable.
    var fingerprint: [String: String] { get }

    /// Makes a machine's disk on top of a frozen one and boots it, or brings back its memory where
    /// `source` holds it, until its agent answers.
    func start(_ spec: MachineSpec, at site: Site, from source: MachineSource) async throws -> any Machine

    /// Freezes running machines, all at one moment, into the site's ``Site/frozen`` folder, and ends them.
    ///
    /// A machine leaves `NAME.qcow2` and, with ``CheckpointStrength/disksAndMemory``, its memory beside it.
    func freeze(_ machines: [any Machine], at site: Site) async throws

    /// Shuts machines down in good order and leaves their disks in the site's ``Site/frozen`` folder.
    func freezeDisks(_ machines: [any Machine], at site: Site) async throws
}

/// What a machine starts from.
///
/// Paths are those inside the sandbox's namespace.
public enum MachineSource: Sendable {
    /// A cold boot on top of a disk; with a path, the memory is written to that file for a later freeze.
    case disk(String, format: DiskFormat, memoryFile: String?)
    /// A frozen disk with the memory that belongs to it.
    case memory(disk: String, memory: String, state: String)

    /// The raw disk of the profile's image, which every blank machine begins with.
    static let blankDisk = "/image/disk.raw"
}

/// The format of a frozen disk.
public enum DiskFormat: String, Sendable {
    /// Bytes as they are.
    case raw
    /// QEMU's copy-on-write format.
    case qcow2
}

/// Where a provider may put a machine: the sandbox's namespace and its folder.
public struct Site: Sendable {
    /// The namespace in which everything that speaks IP runs.
    public let namespace: Namespace
    /// The sandbox's folder on the host, which nobody inside can see: logs and whatever else the harness keeps of it.
    public let folder: String
    /// The part of it that is shared: inside the namespace it is `/sandbox`, and writable (``SharedPath``).
    public var shared: String { RunFolders.shared(in: folder) }
    /// The plan that the machine belongs to.
    public let plan: LabPlan
    /// The host's folder for what is frozen, where this sandbox is to become a checkpoint;
    /// inside the namespace it is `/frozen`.
    public let frozen: String?

    /// The file for what a process of the sandbox says.
    func log(_ name: String) -> String { "\(folder)/logs/\(name).log" }
}
