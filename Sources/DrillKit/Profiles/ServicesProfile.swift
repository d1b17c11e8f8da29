import Boundary
import Evidence
import Foundation
public import Machines

/// Profile `lab`: the services straight on the machines, configured by the profile's Ansible plays.
public struct ServicesProfile: LabProfile {
    /// The machines to make, and what belongs to them.
    public private(set) var plan: LabPlan

    /// Three machines, as in prod.
    static let machines = (1...3).map { number in
        MachineSpec(
            name: "pi\(number)", address: "10.77.0.\(number)",
            hardwareAddress: "52:54:00:4d:00:0\(number)", memoryMB: 1024)
    }

    /// The profile in a folder under `Fixtures/`.
    public init(folder: ProfileFolder, architecture: Architecture = .amd64) {
        plan = LabPlan(
            profile: folder.name, folder: folder.path, architecture: architecture, machines: Self.machines,
            diskMB: 4096,
            forwards: Self.machines.map { Forward(machine: $0.name, port: 8200) }
                + [Forward(machine: CanaryApp.name, port: CanaryApp.port)])
        plan.names = [CanaryApp.name: CanaryApp.address]
    }

    /// The plays, the inventory, Ansible's settings and the app, and the code that plays and awakens them: a change of any of
    /// these is another lab.
    public var provisioningInputs: [String: String] {
        let code = URL(filePath: plan.folder).appending(path: "../../Sources/DrillKit").standardized.path
        return SourceDigest.provisioning.reduce(
            into: ["code": "\(code)/Profiles"]
        ) { $0[$1] = "\(plan.folder)/\($1)" }
    }

    /// Introduces the operator to the machines and runs the plays over the sandbox's inventory.
    public func provision(_ sandbox: Sandbox, progress: BringUp) async throws {
        try await progress.step("introduce the operator to the machines") {
            try await Introduction(sandbox: sandbox).make()
        }
        try await progress.step("run the plays") {
            try await Plays(sandbox: sandbox).run(progress: progress)
        }
        try await verifyHealthy(sandbox, deadline: .seconds(120))
    }

    /// Unseals Vault, as an operator does after every power-up, puts the lead where drills expect it, and sees that
    /// some files of the volume are signed.
    public func awaken(_ sandbox: Sandbox, progress: BringUp) async throws {
        let vault = try Vault(in: sandbox)
        try await vault.unsealAll(within: .seconds(120))
        try await vault.makeLeader(plan.machines[0].name, within: .seconds(120))
        try await BitrotDetection(in: sandbox).signsStandingFiles(progress: progress)
    }

    /// Lets the app into Vault, on the machine that runs it, and waits until it works.
    public func handOver(_ sandbox: Sandbox) async throws {
        let app = try CanaryApp(in: sandbox)
        try await app.admit(on: plan.machines[0].name)
        try await app.becomesHealthy(within: .seconds(60))
    }

    /// Waits until Vault is whole on all machines, and the app is there and sees the volume.
    ///
    /// Its database it sees only once it was let into Vault, after the restore.
    public func verifyHealthy(_ sandbox: Sandbox, deadline: Duration) async throws {
        async let vault: Survey = Vault(in: sandbox).becomesWhole(within: deadline)
        let app = try CanaryApp(in: sandbox)
        try await eventually("the app sees the volume", within: deadline, every: .guestPace) {
            let said = try await app.health()
            guard said["volume"] == "ok" else { throw NotYet("\(said)") }
        }
        _ = try await vault
    }
}
