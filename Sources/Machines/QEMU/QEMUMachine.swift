import Boundary
import Foundation

/// A machine that is a QEMU process and its disk server.
actor QEMUMachine: Machine {
    nonisolated let spec: MachineSpec
    let site: Site
    private let accelerator: Accelerator
    private(set) var process: NamespaceProcess?
    private(set) var disk: DiskServer?
    /// Whether its disk was made slow or stuck, until its power ends.
    var isDiskBusy = false
    private var control: QMPClient?
    private var agent: GuestAgent?
    var isPluggedIn = true
    /// The mark by which its next power cut proves itself.
    var sentinel: Sentinel?
    /// The writes that nobody had flushed at its last power cut, where some of them were kept.
    var scattered: ScatteredWrites?
    /// How far its clock is behind after a boot; nil where it has the host's time.
    var clockLag: Duration?

    /// Its disk's file.
    static let overlay = "overlay.qcow2"
    /// How many mebibytes the file is longer than the disk that it holds: for the tables of qcow2, and a mark at the end.
    static let spareMB = 256
    /// How long QEMU may take to answer a command; it answers at once unless the host is in trouble.
    static let answer = Duration.seconds(20)

    init(spec: MachineSpec, site: Site, accelerator: Accelerator) {
        self.spec = spec
        self.site = site
        self.accelerator = accelerator
    }

    nonisolated var folder: String { "\(site.shared)/\(spec.name)" }
    nonisolated var overlay: SharedPath { SharedPath("\(folder)/\(Self.overlay)") }
    nonisolated var inside: String { "/sandbox/\(spec.name)" }

    /// Makes the overlay of a frozen disk, sized in advance: an NBD export cannot grow.
    func makeDisk(on base: String, format: DiskFormat) async throws {
        let made = try await site.namespace.run(
            [
                "sh", "-ec",
                """
                cd \(inside)
                qemu-img create -q -u -f qcow2 -b \(base) -F \(format.rawValue) \(Self.overlay) \(site.plan.diskMB)M
                truncate -s \(site.plan.diskMB + Self.spareMB)M \(Self.overlay)
                """,
            ], deadline: .seconds(60))
        guard made.succeeded else {
            throw MachineError(
                "\(spec.name): cannot make its disk at \(overlay)", lastSeen: made.lastWords,
                next: "free some space there, or name another folder in DRILL_RUNS")
        }
    }

    /// Starts the disk server and QEMU; with frozen memory, loads it and lets the guest go on.
    func start(memory: QEMUCommand.Memory, state: String? = nil) async throws {
        disk = try await Stages.measure(.disk) {
            try await DiskServer.start(
                file: Self.overlay, in: inside,
                hostSocket: "\(folder)/disk.sock", log: site.log("\(spec.name)-disk"), in: site.namespace)
        }
        try SharedPath("\(folder)/qmp.sock").remove()
        let command = QEMUCommand(
            spec: spec, architecture: site.plan.architecture, accelerator: accelerator, memory: memory,
            folder: inside, tap: spec.name, clockLag: clockLag)
        let control = try await Stages.measure(.qemu) {
            let process = try await site.namespace.start(
                command.arguments, log: site.log("\(spec.name)-qemu"))
            self.process = process
            return try await connect(to: process)
        }
        self.control = control
        if let state { try await Stages.measure(.memory) { try await load(state, with: control) } }
        agent = try await GuestAgent.connect(
            socket: "\(folder)/agent.sock", machine: spec.name, deadline: .seconds(20))
    }

    /// Connects to a QEMU that starts; where it ends instead, its own last words say why.
    private func connect(to process: NamespaceProcess) async throws -> QMPClient {
        let (name, socket) = (spec.name, "\(folder)/qmp.sock")
        do {
            return try await withThrowingTaskGroup(of: QMPClient.self) { group in
                group.addTask {
                    try await QMPClient.connect(socket: socket, machine: name, deadline: Self.answer)
                }
                group.addTask {
                    _ = await process.waitForExit()
                    // Cancelled, where the connection stands.
                    try Task.checkCancellation()
                    throw Hopeless("QEMU has ended")
                }
                defer { group.cancelAll() }
                guard let control = try await group.next() else { throw CancellationError() }
                return control
            }
        } catch {
            try Task.checkCancellation()
            // Its socket is gone a moment before its end is seen.
            let exit = try? await eventually("\(name)'s QEMU ends", within: .seconds(1)) { process.exit }
            guard let exit else { throw error }
            throw MachineError(
                "\(name): QEMU ended with \(exit) before it could be reached",
                lastSeen: process.lastWords)
        }
    }

    /// Ends QEMU, then its disk server, each in good order: nothing in a cache is lost.
    func end(_ control: QMPClient) async throws {
        _ = try? await control.execute("quit", deadline: Self.answer)
        _ = await process?.waitForExit()
        await disk?.process.terminate(grace: .seconds(20))
        forget()
    }

    /// Waits until the guest's agent answers, from its first byte after a boot or a restore.
    func awaitAgent(deadline: Duration) async throws {
        let agent = try agentInUse()
        try await Stages.measure(.agent) { try await agent.sync(deadline: deadline) }
    }

    func run(_ command: [String], input: String?, deadline: Duration) async throws -> GuestCommandResult {
        try await agentInUse().run(command, input: input, deadline: deadline)
    }

    func running() throws -> QMPClient {
        guard let control else { throw MachineError.isOff(spec.name) }
        return control
    }

    func agentInUse() throws -> GuestAgent {
        guard let agent else { throw MachineError.isOff(spec.name) }
        return agent
    }

    func forget() {
        control?.close()
        agent?.close()
        (process, disk, control, agent) = (nil, nil, nil, nil)
        isDiskBusy = false
    }
}
