import Boundary

/// What a sandbox is for, as far as the host's cores are concerned.
public enum SandboxUse: Sendable {
    /// A drill, which keeps its machines busy.
    case drill
    /// A visit: somebody looks around in it, or it stands idle beside another.
    case visit

    /// The cores that three machines keep busy.
    ///
    /// Measured on two cores under emulation, where a guest's work is that of twenty: three cases of VaultSeal
    /// took 46 s one after another, and 54 s two at a time, each of them 13 to 23 s instead of 8 to 19 s.
    func cores(under accelerator: Accelerator) -> Int {
        switch (self, accelerator) {
        case (.visit, _): 0
        case (.drill, .emulation): 2
        case (.drill, .kvm), (.drill, .hvf): 1
        }
    }
}

/// A sandbox's right to be: its lease on a folder, and its slot in the host's admission pool.
struct Claim: Sendable {
    let lease: Lease
    private let slot: Slot

    /// Waits for a slot, then takes a folder; says so when there is something to wait for.
    static func take(
        runs: RunFolders, plan: LabPlan, purpose: String, cores: Int, progress: BringUp
    ) async throws -> Claim {
        try OpenSandboxes.mayBegin()
        let slot = try await Admission(runs: runs).acquire(
            memoryMB: plan.memoryMB, cores: cores, progress: { progress.note("\($0)") })
        do {
            return Claim(
                lease: try Lease.take(in: runs, purpose: purpose, profile: plan.profile), slot: slot)
        } catch {
            slot.release()
            throw error
        }
    }

    /// Ends the namespace of its sandbox and gives both back; what does not end keeps them, for the reaper finds it so.
    func end(_ namespace: Namespace) async {
        let ended = await namespace.close()
        if ended { release() }
        OpenSandboxes.note(lease.id, ended: ended)
    }

    /// Gives both back; the sandbox's processes must have ended.
    func release() {
        lease.release()
        slot.release()
    }
}
