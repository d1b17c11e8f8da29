/// What the machines of a lab are made of: names, addresses, memory, disks and the ports a harness may ask for.
///
/// A plan is data only. What runs on the machines is a profile's business (see ``LabProfile``).
public struct LabPlan: Sendable {
    /// The profile's name, which is also its folder's name under `Fixtures/`.
    public var profile: String
    /// The profile's folder on this host: runbook, plays, inventory, parity manifest, image recipe.
    public var folder: String
    /// The processor that the guests are built for.
    public var architecture: Architecture
    /// The machines, in the order in which they are started.
    public var machines: [MachineSpec]
    /// The virtual size of each machine's disk in mebibytes.
    public var diskMB: Int
    /// Names besides the machines' own, with their addresses: those that move from machine to machine.
    public var names: [String: String] = [:]
    /// The ports of machines that the harness reaches through a Unix socket.
    public var forwards: [Forward]

    /// Makes a plan; see the properties.
    public init(
        profile: String, folder: String, architecture: Architecture, machines: [MachineSpec], diskMB: Int,
        forwards: [Forward]
    ) {
        self.profile = profile
        self.folder = folder
        self.architecture = architecture
        self.machines = machines
        self.diskMB = diskMB
        self.forwards = forwards
    }

    /// Memory of the host that is never given to sandboxes: its own and the harness's, in mebibytes.
    public static let hostReserveMB = 1024

    /// The memory that one sandbox of this plan takes at most, in mebibytes.
    public var memoryMB: Int { machines.reduce(0) { $0 + $1.memoryMB } }

    /// The names and addresses of all machines, and of what moves between them, as in a hosts file.
    public var hosts: [String: String] {
        machines.reduce(into: names) { $0[$1.name] = $1.address }
    }
}

/// One machine of a plan.
public struct MachineSpec: Sendable, Hashable {
    /// The machine's name, as prod knows it: pi1, pi2, pi3.
    public let name: String
    /// Its IPv4 address on the sandbox's segment.
    public let address: String
    /// Its Ethernet address, by which the image chooses the IPv4 address.
    public let hardwareAddress: String
    /// Its memory in mebibytes.
    public let memoryMB: Int

    /// Makes a machine's description; see the properties.
    public init(name: String, address: String, hardwareAddress: String, memoryMB: Int) {
        self.name = name
        self.address = address
        self.hardwareAddress = hardwareAddress
        self.memoryMB = memoryMB
    }
}

/// A TCP port of a machine, or of a name that moves, that is offered to the harness as a Unix socket.
public struct Forward: Sendable, Hashable {
    /// The machine's name, or the name that moves.
    public let machine: String
    /// The port there.
    public let port: Int

    /// Makes a forward; see the properties.
    public init(machine: String, port: Int) {
        self.machine = machine
        self.port = port
    }

    /// The socket's path under the sandbox's folder.
    public var socket: String { "forward/\(machine)-\(port).sock" }
}
