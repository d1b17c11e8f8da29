import Boundary
import Foundation

/// What a checkpoint keeps of a machine, taken from it and given back to it.
extension QEMUMachine {
    /// Loads the devices' state; the memory is already there, as the frozen file itself.
    func load(_ state: String, with control: QMPClient) async throws {
        try await migrate(
            "migrate-incoming", "cat \(state)", with: control, until: "\(name) has its state back",
            within: .seconds(60), every: .milliseconds(10),
            failing: "QEMU could not load \(state): the checkpoint does not fit this QEMU or is damaged")
        _ = try await control.execute("cont", deadline: Self.answer)
    }

    /// Stops the guest's processors, so that no machine of a checkpoint is ahead of another.
    func pause() async throws {
        _ = try await running().execute("stop", deadline: Self.answer)
    }

    /// Writes the devices' state of a paused machine and ends it; its disk's cache is flushed on the way.
    func save(state: String) async throws {
        let control = try running()
        try await migrate(
            "migrate", "cat > \(state)", with: control, until: "\(name) is saved",
            within: .seconds(120), every: .milliseconds(20),
            failing: "QEMU could not save its state to \(state)")
        try await end(control)
    }

    /// Has the devices' state go through a program, and waits until it has.
    ///
    /// Memory that lies in a file of its own is not sent again in that stream.
    private func migrate(
        _ command: String, _ program: String, with control: QMPClient, until what: String,
        within deadline: Duration, every pause: Duration, failing: String
    ) async throws {
        let capability: JSON = ["capability": "x-ignore-shared", "state": true]
        _ = try await control.execute(
            "migrate-set-capabilities", ["capabilities": [capability]], deadline: Self.answer)
        _ = try await control.execute(
            command, ["uri": .string("exec:\(program)")], deadline: Self.answer)
        try await eventually(what, within: deadline, every: pause) {
            let status =
                try await control.execute("query-migrate", deadline: Self.answer)["status"].string ?? "none"
            if status == "failed" { throw Hopeless(failing) }
            return status == "completed" ? () : nil
        }
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
}
