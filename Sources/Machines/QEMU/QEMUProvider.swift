import Boundary

/// Makes machines with QEMU, inside the sandbox's namespace; freezes disks and memory.
public struct QEMUProvider: Provider {
    /// The provider's name, as verdicts record it.
    public let name = "qemu"
    /// QEMU brings memory back.
    public let strength = CheckpointStrength.disksAndMemory
    /// What runs the guests' instructions, and why.
    public let acceleration: AcceleratorChoice
    /// The version and accelerator of QEMU: memory frozen under one is not loaded under another.
    public let fingerprint: [String: String]

    /// Looks which QEMU is here and which accelerator truly starts the kernel of an image.
    ///
    /// - Throws: ``MachineError`` when QEMU is not installed.
    public init(architecture: Architecture, kernel: String, rememberedIn memory: String) async throws {
        acceleration = try await Accelerator.choose(
            architecture: architecture, kernel: kernel, rememberedIn: memory)
        fingerprint = [
            "qemu": try await architecture.programVersion(),
            "accelerator": acceleration.accelerator.rawValue,
        ]
    }

    /// Starts a machine; see ``Provider/start(_:at:from:)``.
    public func start(
        _ spec: MachineSpec, at site: Site, from source: MachineSource
    ) async throws -> any Machine {
        let machine = QEMUMachine(spec: spec, site: site, accelerator: acceleration.accelerator)
        switch source {
        case .disk(let base, let format, let memoryFile):
            try await machine.makeDisk(on: base, format: format)
            try await machine.start(memory: memoryFile.map { .written(to: $0) } ?? .fresh)
            try await machine.awaitAgent(deadline: .seconds(300))
        case .memory(let disk, let memory, let state):
            try await machine.makeDisk(on: disk, format: .qcow2)
            try await machine.start(memory: .loaded(from: memory), state: state)
            try await machine.awaitAgent(deadline: .seconds(60))
        }
        return machine
    }

    /// Freezes running machines at one moment; see ``Provider/freeze(_:at:)``.
    public func freeze(_ machines: [any Machine], at site: Site) async throws {
        let machines = machines.compactMap { $0 as? QEMUMachine }
        guard let folder = site.frozen else { preconditionFailure("a site to freeze at has a folder for it") }
        for machine in machines { try await machine.pause() }
        try await withThrowingTaskGroup { group in
            for machine in machines {
                group.addTask { try await machine.save(state: "/frozen/\(machine.name).state") }
            }
            try await group.waitForAll()
        }
        for machine in machines { try await machine.freezeDisk(into: folder) }
    }

    /// Shuts machines down and keeps their disks; see ``Provider/freezeDisks(_:at:)``.
    public func freezeDisks(_ machines: [any Machine], at site: Site) async throws {
        let machines = machines.compactMap { $0 as? QEMUMachine }
        guard let folder = site.frozen else { preconditionFailure("a site to freeze at has a folder for it") }
        try await withThrowingTaskGroup { group in
            for machine in machines {
                group.addTask { try await machine.shutDown(deadline: .seconds(120)) }
            }
            try await group.waitForAll()
        }
        for machine in machines { try await machine.freezeDisk(into: folder) }
    }
}
