import Boundary
import Foundation

/// What is done to a machine from outside: its power, its cable, its clock's battery, itself.
extension QEMUMachine {
    var isOn: Bool { process.map { $0.exit == nil } ?? false }

    func holdStill() async throws -> Int {
        process?.freeze()
        return try await unflushedWrites().count
    }

    func goOn() { process?.goOn() }

    func cutPower(keepingSome seed: UInt64?) async throws {
        // Nothing is left to lose, nor a disk server to write the unflushed mark to.
        guard isOn else { return await forgetDead() }
        if sentinel != nil || seed != nil { process?.freeze() }
        let unflushed = seed == nil ? nil : try await unflushedWrites()
        if sentinel != nil { try await writeUnflushed() }
        async let machine: Void? = process?.kill()
        async let cache: Void? = disk?.process.kill()
        _ = await (machine, cache)
        forget()
        guard let seed else { return }
        try unflushed?.scatter(seed: seed, onto: overlay)
        scattered = unflushed
    }

    /// A QEMU that ended by itself has left its disk server.
    private func forgetDead() async {
        await disk?.process.kill()
        forget()
    }

    private func unflushedWrites() async throws -> ScatteredWrites {
        try await ScatteredWrites(overlay: overlay, inside: inside, namespace: site.namespace)
    }

    func hang() async throws { try await pause() }

    var isHanging: Bool {
        get async throws {
            guard isOn else { return false }
            return try await running().execute("query-status", deadline: Self.answer)["running"].bool == false
        }
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
        await forgetDead()
        (sentinel, scattered) = (nil, nil)
        try await start(memory: .fresh)
        // The cable that is out stays out: a new QEMU has it plugged in.
        if !isPluggedIn { try await setLink(up: false) }
        try await awaitAgent(deadline: deadline)
        guard let clockLag else { return try await setClock(offset: .zero) }
        try await seeStale(atLeast: min(clockLag / 2, .seconds(24 * 3600)))
    }

    /// Sees that the clock is behind; by a day is enough, since systemd lets it be no earlier than its own build.
    private func seeStale(atLeast lag: Duration) async throws {
        let said = try await run(["date", "+%s"], input: nil, deadline: .seconds(30)).stdout
        let behind = Double(said.trimmingCharacters(in: .whitespacesAndNewlines)).map {
            Date().timeIntervalSince1970 - $0
        }
        guard let behind, Duration.seconds(behind) >= lag else {
            throw MachineError(
                "\(spec.name): its clock is not stale, and should be",
                lastSeen: "seconds since 1970: \(said)")
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
}
