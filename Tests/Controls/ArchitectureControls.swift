import DrillKit
import Foundation
import Machines
import Testing

/// The guests' processor is a parameter: a machine like prod's, arm64, boots to its agent under emulation.
///
/// Its image takes half an hour to build where every program of it is emulated, so it is made only where
/// ARM64=1 asks for it, after `make setup ARM64=1`: `make controls ARM64=1 FILTER=Architecture`.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["ARM64"] == "1", "ARM64=1 asks for an arm64 guest"))
struct ArchitectureControls {
    @Test func anArm64MachineBootsToItsAgent() async throws {
        let workshop = try Workshop()
        let builder = CheckpointBuilder(
            profile: OneMachine(of: ServicesProfile(folder: workshop.folder, architecture: .arm64).plan),
            cache: workshop.cache, runs: workshop.runs,
            tools: try HostTools(cache: workshop.cache, architecture: .arm64).folder,
            progress: BringUp(timings: workshop.cache.timings, say: Workshop.sayOnStandardError))
        let sandbox = try await builder.bootBlank(purpose: "an arm64 machine")
        try await sandbox.closing { sandbox in
            let machine = try sandbox.machine("pi1")
            #expect(try await machine.run("uname", "-m").stdout == "aarch64\n")
            // Its programs too, the one that no Debian package holds included.
            #expect(try await machine.run("bao", "version").stdout.contains("OpenBao"))
        }
    }
}

/// The first machine of a plan, on which no profile does anything.
private struct OneMachine: LabProfile {
    let plan: LabPlan
    let provisioningInputs: [String: String] = [:]

    init(of plan: LabPlan) {
        var plan = plan
        plan.machines = Array(plan.machines.prefix(1))
        plan.forwards = []
        self.plan = plan
    }

    func provision(_ sandbox: Sandbox, progress: BringUp) {}
    func awaken(_ sandbox: Sandbox, progress: BringUp) {}
    func handOver(_ sandbox: Sandbox) {}
    func verifyHealthy(_ sandbox: Sandbox, deadline: Duration) {}
}
