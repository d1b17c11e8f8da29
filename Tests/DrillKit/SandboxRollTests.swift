import DrillKit
import Foundation
import Machines
import Testing

/// What is told of a sandbox by whoever does not own it.
@Suite struct SandboxRollTests {
    @Test func namesTheMachinesThatHaveADisk() throws {
        let root = NSTemporaryDirectory() + "roll-\(UInt32.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let runs = try RunFolders.open(environment: ["DRILL_RUNS": root])
        for folder in ["shared/pi2", "shared/pi1", "shared/forward", "safe"] {
            try FileManager.default.createDirectory(
                atPath: "\(root)/s-4f2a/\(folder)", withIntermediateDirectories: true)
        }
        for machine in ["pi1", "pi2"] {
            try Data().write(to: URL(filePath: "\(root)/s-4f2a/shared/\(machine)/overlay.qcow2"))
        }
        let roll = SandboxRoll(runs: runs)
        #expect(roll.entries.map(\.id) == ["s-4f2a"])
        #expect(roll.entries.first?.machines == ["pi1", "pi2"])
    }
}
