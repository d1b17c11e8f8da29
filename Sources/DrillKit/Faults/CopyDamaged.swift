import Boundary
import Foundation
import Machines

/// One file of the volume has other bytes on some machines' disks than were written there, as a bad block or a lying
/// controller leaves them: behind GlusterFS's back, and with the times of the file as they were.
struct CopyDamaged: Fault {
    enum Damage: Sendable {
        /// Some of them are others. The file was signed for bitrot before, so that its signature tells.
        case flippedSigned
        /// Some of them are others, in a file that is too fresh to be signed.
        case flippedFresh
        /// The second half is missing.
        case truncated
    }

    private let damage: Damage
    private let machines: [String]

    init(_ damage: Damage, on machines: String...) {
        self.damage = damage
        self.machines = machines
    }

    var kind: String {
        switch damage {
        case .flippedSigned: "bytes flipped in a signed file"
        case .flippedFresh: "bytes flipped in a file too fresh to be signed"
        case .truncated: "a file truncated"
        }
    }
    var target: String { machines.joined(separator: ", ") }
    let vantage = "all machines' own disks, compared"

    /// Damages the copy on each machine in the same way; a fresh file is another every moment, so it is damaged on one.
    func inject(into lab: Lab) async throws {
        for machine in machines {
            try await lab.sandbox.machine(machine).mustRun(
                ["sh", "-ec", Self.script, "-", file, act],
                deadline: .seconds(90), failing: "no copy could be damaged")
        }
    }

    private var file: String {
        switch damage {
        case .flippedSigned: "signed"
        case .flippedFresh: "fresh"
        case .truncated: "standing"
        }
    }

    private var act: String { damage == .truncated ? "truncate" : "flip" }

    /// Damages one copy.
    ///
    /// Arguments: `fresh` for the newest of the clients' files, `standing` for one that has been there for long, or `signed`
    /// for that one once it is; then `flip` or `truncate`.
    private static let script = """
        cd \(Volume.brick)
        signed() { getfattr -n trusted.bit-rot.signature "$1" >/dev/null 2>&1; }
        end=$(($(date +%s) + 60))
        until
          case $1 in
            fresh) name=$(ls -t | grep ^ledger- | head -n 1); [ -n "$name" ] && ! signed "$name" ;;
            standing) name=\(Volume.standing)2; [ -e "$name" ] ;;
            signed) name=\(Volume.standing)2; signed "$name" ;;
          esac
        do
          [ "$(date +%s)" -lt "$end" ] || { echo "after 60 s no file is $1: ${name:-none is there}" >&2; exit 1; }
          sleep 0.5
        done
        touch -r "$name" /run/times
        half=$(($(stat -c %s "$name") / 2))
        case $2 in
          flip) printf ROTTEN | dd of="$name" bs=1 seek="$half" conv=notrunc,fsync status=none ;;
          truncate) truncate -s "$half" "$name" ;;
        esac
        touch -r /run/times "$name"
        sync "$name"
        """

    /// Sees on the disks that one file is another on these machines than on the rest.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let seen = try await eventually(
            "a file is another on \(target)", within: .seconds(60), every: .seconds(1)
        ) {
            let replicas = try await lab.volume.replicas()
            for name in replicas.differing where replicas.isOther(name, on: machines) {
                let digests = replicas.machines.map { machine in
                    "\(machine) \(replicas.digest(of: name, on: machine)?.prefix(8) ?? "none")"
                }
                return "\(name): \(digests.joined(separator: ", "))"
            }
            throw NotYet(replicas.complaint ?? "all replicas are the same")
        }
        return Confirmation(vantage: vantage, seen: seen)
    }
}
