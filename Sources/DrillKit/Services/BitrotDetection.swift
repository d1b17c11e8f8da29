import Boundary
import Machines

/// The volume's bitrot detection: each machine signs what was written, some seconds after its last close.
///
/// GlusterFS 10.3 gets this wrong at about every second start of a brick: the signer never hears of what was written,
/// and logs nothing. The brick is then started once more. Done when a checkpoint is made, never in a drill: whether a lab
/// that was booted meanwhile still signs is not promised, and the runbook does not count on it.
struct BitrotDetection {
    private let sandbox: Sandbox
    private let probe = "/srv/shared/.signed"
    private let copy = "/srv/brick/shared*/.signed"

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Waits until every machine signs, and starts the bricks again of those that do not.
    ///
    /// - Throws: `WaitError` when one still does not after ten starts.
    func signsEverywhere() async throws {
        let first = try sandbox.machine(sandbox.plan.machines[0].name)
        try await eventually("bitrot detection signs on all machines", within: .seconds(300)) {
            try await first.mustRun(["sh", "-c", "date >\(probe)"], failing: "the volume takes no file")
            let silent = try await silent(within: .seconds(12))
            guard !silent.isEmpty else { return }
            for machine in silent { try await restartBrick(on: machine) }
            throw NotYet("\(silent.map(\.name).joined(separator: ", ")) signed nothing in 12 s")
        }
        try await first.mustRun(["rm", "-f", probe], failing: "the probe stays")
    }

    /// The machines that have not signed the probe in time.
    private func silent(within patience: Duration) async throws -> [any Machine] {
        var silent = sandbox.machines.values.sorted { $0.name < $1.name }
        let end = ContinuousClock.now + patience
        while !silent.isEmpty, .now < end {
            try await Task.sleep(for: .seconds(2))
            var still: [any Machine] = []
            for machine in silent where try await !signed(on: machine) { still.append(machine) }
            silent = still
        }
        return silent
    }

    private func signed(on machine: any Machine) async throws -> Bool {
        try await machine.run("sh", "-c", "getfattr -n trusted.bit-rot.signature \(copy)").exit == 0
    }

    private func restartBrick(on machine: any Machine) async throws {
        let restart = """
            pkill -x glusterfsd
            while pgrep -x glusterfsd; do sleep 0.5; done
            gluster --mode=script volume start \(Volume.name) force
            """
        try await machine.mustRun(
            ["sh", "-c", restart], deadline: .seconds(60), failing: "its brick does not start")
        _ = try await Volume(in: sandbox).becomesWhole(within: .seconds(60))
    }
}
