import Boundary
import Machines

/// The disk of a machine is slow, or answers nothing at all, as worn out and overheated ones are; until its power ends.
struct DiskStall: Fault {
    enum Trouble: Sendable {
        /// It gives and takes sixteen KiB a second.
        case slow
        /// It answers nothing.
        case stuck
    }

    private let trouble: Trouble
    let target: String

    init(_ trouble: Trouble, on machine: String) {
        self.trouble = trouble
        target = machine
    }

    var kind: String { trouble == .slow ? "slow disk" : "stuck disk" }
    var vantage: String {
        trouble == .slow ? "a program on the machine that writes" : "another machine's GlusterFS, or the app"
    }

    private static let bytesPerSecond = 16 << 10
    /// A mebibyte takes a healthy disk less than a second or two, this one more than a minute.
    private static let patience = 20

    /// Slows the disk at its controller, or stops its server.
    func inject(into lab: Lab) async throws {
        let machine = try lab.sandbox.machine(target)
        switch trouble {
        case .slow: try await machine.slowDisk(bytesPerSecond: Self.bytesPerSecond)
        case .stuck: try await machine.hangDisk()
        }
    }

    /// Sees that a mebibyte does not reach the disk in twenty seconds; or that the peers have lost its replica.
    ///
    /// A replica's server that looks whether it can write opens a file first, without a deadline: where the disk is stuck
    /// by then it looks no more, stays connected, and holds up whoever writes to the volume (seen in a game day).
    func confirm(in lab: Lab) async throws -> Confirmation {
        switch trouble {
        case .stuck:
            do {
                let lost = try await lab.volume.losesReplica(of: target, within: .seconds(90))
                return Confirmation(vantage: vantage, seen: lost)
            } catch is WaitError {
                let words = try await lab.app.misses("volume", within: .seconds(90))
                return Confirmation(
                    vantage: vantage, seen: "\(target)'s replica is connected, and the volume: \(words)")
            }
        case .slow:
            let machine = try lab.sandbox.machine(target)
            // Not waited for to its end: nothing ends a program that waits for a disk.
            let script = """
                dd if=/dev/zero of=/var/tmp/slow bs=64k count=16 conv=fsync >/dev/null 2>&1 &
                sleep \(Self.patience)
                kill -0 $!
                """
            try await machine.mustRun(
                ["sh", "-c", script], deadline: .seconds(90), failing: "its disk is not slow")
            return Confirmation(
                vantage: vantage, seen: "\(target): a mebibyte was not written in \(Self.patience) s")
        }
    }
}
