import Boundary
import Machines

/// The volume's bitrot detection: each machine signs what was written, some time after its last close.
///
/// GlusterFS 10.3 promises that time (`signing-time`, 5 s here) and keeps it when it likes: seconds after one start of a
/// brick, minutes after another, with nothing in its log. So a checkpoint has files that have been there for long, signed
/// on every machine; a drill does not wait for signatures, and the runbook does not count on them.
struct BitrotDetection {
    private let sandbox: Sandbox

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Puts some files there that nobody writes to any more, and waits until every machine has signed them; a brick whose
    /// machine has not after 45 s is started once more, five times.
    ///
    /// A checkpoint without signatures is taken all the same: it serves every drill but those of a signed file, which
    /// then come out unproven and say so.
    ///
    /// - Throws: when the volume takes no file, or a brick does not start.
    func signsStandingFiles() async throws {
        let write = """
            cd /srv/shared/uploads
            for number in 1 2 3; do
              file=\(Volume.standing)$number
              [ -e "$file" ] || head -c 3000 /dev/urandom | base64 >"$file"
              chown canary:canary "$file"
            done
            """
        try await sandbox.machine(sandbox.plan.machines[0].name).mustRun(
            ["sh", "-ec", write], failing: "the volume takes no file")
        for _ in 1...Self.starts {
            do { return try await isSigned() } catch is WaitError {}
            for machine in try await silent() { try await restartBrick(on: machine) }
        }
    }

    /// How often a brick is started again before this is given up.
    private static let starts = 5

    private func isSigned() async throws {
        try await eventually(
            "every machine has signed the standing files", within: .seconds(45), every: .seconds(3)
        ) {
            let silent = try await silent()
            guard silent.isEmpty else {
                throw NotYet("\(silent.map(\.name).joined(separator: ", ")) has not")
            }
        }
    }

    /// The machines that have not signed them yet.
    private func silent() async throws -> [any Machine] {
        let look =
            "cd \(Volume.brick) && getfattr -n trusted.bit-rot.signature \(Volume.standing)1 \(Volume.standing)3"
        var silent: [any Machine] = []
        for machine in sandbox.machines.values where try await machine.run("sh", "-c", look).exit != 0 {
            silent.append(machine)
        }
        return silent.sorted { $0.name < $1.name }
    }

    private func restartBrick(on machine: any Machine) async throws {
        let restart = """
            pkill -x glusterfsd
            while pgrep -x glusterfsd; do sleep 0.5; done
            gluster --mode=script volume start \(Volume.name) force
            """
        try await machine.mustRun(
            ["sh", "-c", restart], deadline: .seconds(120), failing: "its brick does not start")
        _ = try await Volume(in: sandbox).becomesWhole(within: .seconds(180))
    }
}
