import DrillKit
import DrillTesting
import Machines
import Testing

/// A restored lab is healthy whatever the checkpoint's age, however many are restored beside it, and by
/// whichever strength; and no restore ever changes the checkpoint.
@Suite(.lab(), .serialized)
struct RestoreControls {
    /// Restores, has a secret written and read, and ends the sandbox.
    private func restoreAndUse(
        use: SandboxUse = .drill, as strength: CheckpointStrength? = nil, clockOffset: Duration = .zero
    ) async throws {
        let bench = try LabBench.ofThisTest()
        let sandbox = try await bench.workshop.builder.restore(
            bench.checkpoint, purpose: "restore control", use: use, as: strength, clockOffset: clockOffset)
        try await sandbox.closing { sandbox in
            let vault = try Vault(in: sandbox)
            let token = vault.safe.writerToken
            try await vault.nodes[0].write(
                "lab/drill/control", ["value": sandbox.id], token: token, deadline: .seconds(20))
            let read = try await vault.nodes[0].read(
                "lab/drill/control", token: token, deadline: .seconds(20))
            #expect(read == ["value": sandbox.id])
        }
    }

    @Test func aCheckpointThatLooksSixWeeksOldIsAsGood() async throws {
        try await restoreAndUse(clockOffset: .seconds(42 * 24 * 3600))
    }

    @Test func twoSandboxesStandSideBySide() async throws {
        async let first: Void = restoreAndUse(use: .visit)
        async let second: Void = restoreAndUse(use: .visit)
        _ = try await (first, second)
    }

    @Test func disksAloneGiveTheSameLab() async throws {
        try await restoreAndUse(as: .disks)
    }

    @Test func noRestoreChangesTheCheckpoint() async throws {
        let bench = try LabBench.ofThisTest()
        try await restoreAndUse()
        try await bench.checkpoint.verify()
    }
}
