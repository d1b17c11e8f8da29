/// A sandbox's right to be: its lease on a folder, and its slot in the host's admission pool.
struct Claim: Sendable {
    let lease: Lease
    private let slot: Slot

    /// Waits for a slot, then takes a folder; says so when there is something to wait for.
    static func take(
        runs: RunFolders, plan: LabPlan, purpose: String, progress: BringUp
    ) async throws -> Claim {
        let slot = try await Admission(runs: runs).acquire(
            memoryMB: plan.memoryMB, cores: 1, progress: { progress.note("\($0)") })
        do {
            return Claim(
                lease: try Lease.take(in: runs, purpose: purpose, profile: plan.profile), slot: slot)
        } catch {
            slot.release()
            throw error
        }
    }

    /// Gives both back; the sandbox's processes must have ended.
    func release() {
        lease.release()
        slot.release()
    }
}
