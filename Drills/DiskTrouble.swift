import DrillKit
import DrillTesting
import Testing

/// A disk is full, read-only, slow or stuck, and its machine runs on: the everyday killers.
///
/// Breaks: a log takes the last block of pi2, which has the database; the kernel makes pi1's root read-only, as it does
/// after errors; pi2's disk takes 16 KiB a second; pi3's disk answers nothing. The runbook: has each machine write a
/// mebibyte, makes room, reboots, or has the machine switched off and on, then brings back what failed meanwhile, in the
/// order of a power cut. Fails: when the lab is not whole again, redundancy included, or when an acknowledged write is gone.
@Suite(.lab())
struct DiskTrouble {
    @Test("A disk is full, read-only, slow or stuck", arguments: Experiment.diskTrouble.asked)
    func aDiskIsInTrouble(_ one: ExperimentCase) async throws {
        try await drill("DiskTrouble", case: one.name) { drill in
            try await drill.steadyState(of: one)
            try await drill.inject(one.fault)
            try await drill.confirm()
            try await drill.followSection(of: one)
            try await drill.settle()
            try await drill.checkLedger()
        }
    }
}
