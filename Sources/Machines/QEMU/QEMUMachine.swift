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
    private(set) var isPluggedIn = true
    /// The mark by which its next power cut proves itself.
    var sentinel: Sentinel?
    /// What its last power cut left of the writes that nobody had flushed; nil where it left none.
    var scattered: ScatteredWrites.Count?
    /// How far its clock is behind after a boot; nil where it has the host's time.
    private var clockLag: Duration?

    /// Its disk's file.
    static let overlay = "overlay.qcow2"
    /// How many mebibytes the file is longer than the disk that it holds: for the tables of qcow2, and a mark at the end.
    static let spareMB = 256
    /// How long QEMU may take to answer a command; it answers at once unless the host is in trouble.
    private static let answer = Duration.seconds(20)

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
                lastSeen: process.lastWords, next: nil)
        }
    }

    /// Loads the devices' state; the memory is already there, as the frozen file itself.
    private func load(_ state: String, with control: QMPClient) async throws {
        try await ignoreSharedMemory(control)
        _ = try await control.execute(
            "migrate-incoming", ["uri": .string("exec:cat \(state)")], deadline: Self.answer)
        let name = spec.name
        try await eventually("\(name) has its state back", within: .seconds(60), every: .milliseconds(10)) {
            let status =
                try await control.execute("query-migrate", deadline: Self.answer)["status"].string ?? "none"
            if status == "failed" {
                throw Hopeless(
                    "QEMU could not load \(state): the checkpoint does not fit this QEMU or is damaged")
            }
            return status == "completed" ? () : nil
        }
        _ = try await control.execute("cont", deadline: Self.answer)
    }

    /// Memory that lies in a file of its own is not sent again in the stream of the devices' state.
    private func ignoreSharedMemory(_ control: QMPClient) async throws {
        let capability: JSON = ["capability": "x-ignore-shared", "state": true]
        _ = try await control.execute(
            "migrate-set-capabilities", ["capabilities": [capability]], deadline: Self.answer)
    }

    /// Stops the guest's processors, so that no machine of a checkpoint is ahead of another.
    func pause() async throws {
        _ = try await running().execute("stop", deadline: Self.answer)
    }

    /// Writes the devices' state of a paused machine and ends it; its disk's cache is flushed on the way.
    func save(state: String) async throws {
        let control = try running()
        try await ignoreSharedMemory(control)
        _ = try await control.execute(
            "migrate", ["uri": .string("exec:cat > \(state)")], deadline: Self.answer)
        let name = spec.name
        try await eventually("\(name) is saved", within: .seconds(120), every: .milliseconds(20)) {
            let status =
                try await control.execute("query-migrate", deadline: Self.answer)["status"].string ?? "none"
            if status == "failed" { throw Hopeless("QEMU could not save its state to \(state)") }
            return status == "completed" ? () : nil
        }
        try await end(control)
    }

    /// Moves the disk of a machine that has ended to the folder of what is frozen.
    nonisolated func freezeDisk(into frozen: String) async throws {
        // Made long for its growth; frozen, it is as long as its data. A move to another disk copies holes too.
        try dropTrailingHole(overlay)
        do {
            try overlay.move(to: SharedPath("\(frozen)/\(name).qcow2"))
        } catch BoundaryError.notShared(_, _, code: EXDEV) {
            let moved = try await site.namespace.run(
                ["mv", "-T", "\(inside)/\(Self.overlay)", "/frozen/\(name).qcow2"], deadline: .seconds(600))
            guard moved.succeeded else {
                throw MachineError(
                    "\(name): its frozen disk could not be moved to \(frozen)",
                    lastSeen: "\(moved.lastWords) \(Disk.freeMB(at: frozen) ?? 0) MB are free",
                    next: "make room there (drillctl cache prune --older-than 7d), "
                        + "or set DRILL_CACHE to a larger disk")
            }
        }
    }

    /// Ends QEMU, then its disk server, each in good order: nothing in a cache is lost.
    private func end(_ control: QMPClient) async throws {
        _ = try? await control.execute("quit", deadline: Self.answer)
        _ = await process?.waitForExit()
        await disk?.process.terminate(grace: .seconds(20))
        forget()
    }

    var isOn: Bool { process.map { $0.exit == nil } ?? false }

    func cutPower(keepingSome seed: UInt64?) async throws {
        if sentinel != nil || seed != nil { process?.freeze() }
        var unflushed: ScatteredWrites?
        if seed != nil {
            unflushed = try await ScatteredWrites(
                overlay: overlay, inside: inside, namespace: site.namespace)
        }
        if sentinel != nil { try await writeUnflushed() }
        async let machine: Void? = process?.kill()
        async let cache: Void? = disk?.process.kill()
        _ = await (machine, cache)
        forget()
        if let seed { scattered = try unflushed?.scatter(seed: seed, onto: overlay) }
    }

    func unplug() async throws { try await setLink(up: false) }
    func plugIn() async throws { try await setLink(up: true) }

    private func setLink(up: Bool) async throws {
        _ = try await running().execute(
            "set_link", ["name": .string(QEMUCommand.lan), "up": .bool(up)], deadline: Self.answer)
        isPluggedIn = up
    }

    func wreck() async throws {
        try await cutPower()
        try overlay.remove()
    }

    func replace(deadline: Duration) async throws {
        try await wreck()
        clockLag = nil
        try await makeDisk(on: MachineSource.blankDisk, format: .raw)
        try await powerOn(deadline: deadline)
    }

    func powerOn(deadline: Duration) async throws {
        guard !isOn else {
            throw MachineError(
                "\(spec.name) is on already", lastSeen: "its light", next: "switch it off first")
        }
        guard try overlay.exists() else {
            throw MachineError(
                "\(spec.name) does not come on", lastSeen: MachineError.noDisk,
                next: "put a new machine in its place")
        }
        // A QEMU that ended by itself has left its disk server.
        await disk?.process.kill()
        forget()
        (sentinel, scattered) = (nil, nil)
        try await start(memory: .fresh)
        // The cable that is out stays out: a new QEMU has it plugged in.
        if !isPluggedIn { try await setLink(up: false) }
        try await awaitAgent(deadline: deadline)
        guard let clockLag else { return try await setClock(offset: .zero) }
        try await seeStale(atLeast: clockLag / 2)
    }

    /// Sees that the clock is behind as it should be; systemd lets it be no earlier than its own build.
    private func seeStale(atLeast lag: Duration) async throws {
        let said = try await run(["date", "+%s"], input: nil, deadline: .seconds(30)).stdout
        let behind = Double(said.trimmingCharacters(in: .whitespacesAndNewlines)).map {
            Date().timeIntervalSince1970 - $0
        }
        guard let behind, Duration.seconds(behind) >= lag else {
            throw MachineError(
                "\(spec.name): its clock is not stale, and should be",
                lastSeen: "seconds since 1970: \(said)", next: nil)
        }
    }

    func loseTime(_ lag: Duration) { clockLag = lag }

    func shutDown(deadline: Duration) async throws {
        let control = try running()
        try await agentInUse().shutDown()
        guard let process else { return }
        try await eventually("\(spec.name) has shut down", within: deadline) {
            process.exit == nil ? nil : ()
        }
        try await end(control)
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

    private func agentInUse() throws -> GuestAgent {
        guard let agent else { throw MachineError.isOff(spec.name) }
        return agent
    }

    private func forget() {
        control?.close()
        agent?.close()
        (process, disk, control, agent) = (nil, nil, nil, nil)
        isDiskBusy = false
    }
}
