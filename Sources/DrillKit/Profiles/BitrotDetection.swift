import Boundary
import Machines

/// The volume's bitrot detection: each machine signs what was written, some time after its last close.
///
/// GlusterFS 10.3 keeps its time for that (`signing-time`, 5 s here) only where its signer is told of closed files. A brick
/// calls the signer back in `changelog_ev_connector` (xlators/features/changelog/src/changelog-ev-handle.c) and then puts it
/// on the list of those that wait, after its event thread may have put it on the list of those that are told: then it is
/// told nothing until it connects anew. Of 12 restarts of the signer in a lab 3 signed; 12 of 12 with the connecting thread
/// before the brick's others (`SCHED_FIFO`). So a checkpoint has files that every machine has signed; a drill does not
/// wait for signatures, and the runbook does not count on them.
struct BitrotDetection {
    private let sandbox: Sandbox

    init(in sandbox: Sandbox) { self.sandbox = sandbox }

    /// Puts some files there that nobody writes to any more, lets every brick call its signer anew, and waits until every
    /// machine has signed them; `progress` is told how it went.
    ///
    /// A checkpoint without signatures is taken all the same: it serves every drill but those of a signed file, which
    /// then come out unproven and say so.
    ///
    /// - Throws: when the volume takes no file, a brick has no thread that connects, or the volume does not start.
    func signsStandingFiles(progress: BringUp) async throws {
        let write = """
            cd /srv/shared/uploads
            for number in 1 2 3; do
              file=\(Volume.standing)$number
              [ -e "$file" ] || head -c 3000 /dev/urandom | base64 >"$file"
              chown canary:canary "$file"
            done
            """
        let volume = Volume(in: sandbox)
        _ = try await volume.becomesWhole(within: .seconds(180))
        let first = try sandbox.machine(sandbox.plan.machines[0].name)
        try await first.mustRun(["sh", "-ec", write], failing: "the volume takes no file")
        for attempt in 1...Self.attempts {
            try await callAnew(from: first)
            do {
                try await eventually(
                    "every machine has signed the standing files", within: .seconds(45), every: .seconds(3)
                ) {
                    let unsigned = try await unsigned()
                    guard unsigned.isEmpty else {
                        throw NotYet("\(unsigned.joined(separator: ", ")) has not")
                    }
                }
                progress.note("bitrot detection: every machine has signed the standing files")
                break
            } catch let error as WaitError {
                let next =
                    attempt < Self.attempts
                    ? "the bricks call their signers anew" : "drills of a signed file will be unproven"
                progress.note("bitrot detection: \(error.description); \(next)")
            }
        }
        _ = try await volume.becomesWhole(within: .seconds(180))
    }

    /// How often the bricks call: 12 of 12 came through at once, then one of three did not (2026-11-27).
    private static let attempts = 4

    /// Has every brick call its signer anew.
    ///
    /// Started where it runs, the volume has its signers restarted on every machine, and its bricks left alone.
    private func callAnew(from first: any Machine) async throws {
        for machine in sandbox.machines.values {
            try await machine.mustRun(
                ["sh", "-ec", Self.connectFirst], failing: "its brick has no thread that connects")
        }
        try await first.mustRun(
            ["gluster", "--mode=script", "volume", "start", Volume.name, "force"], deadline: .seconds(120),
            failing: "the volume does not start")
    }

    /// Puts the brick's connecting thread before its others.
    private static let connectFirst = """
        thread=$(grep -l clogecon /proc/$(pgrep -x glusterfsd)/task/*/comm | cut -d/ -f5)
        chrt --fifo --pid 1 "$thread"
        """

    /// The machines that have not signed them yet.
    private func unsigned() async throws -> [String] {
        let files = (1...3).map { "\(Volume.standing)\($0)" }.joined(separator: " ")
        let look = "cd \(Volume.brick) && getfattr -n trusted.bit-rot.signature \(files)"
        var unsigned: [String] = []
        for machine in sandbox.machines.values where try await machine.run("sh", "-c", look).exit != 0 {
            unsigned.append(machine.name)
        }
        return unsigned.sorted()
    }
}
