import Boundary
import Machines

/// The folder with the volume's files is gone from one machine's disk, as a broken file system leaves it; GlusterFS runs on.
struct ReplicaFolderLost: Fault {
    let kind = "a replica's folder lost"
    let target: String
    let vantage = "all machines' own disks, compared"

    init(on machine: String) { target = machine }

    /// Removes the folder with all that is in it, and the files' other names, by their number: nothing is left to link to.
    func inject(into lab: Lab) async throws {
        let script = """
            cd \(Volume.brick)
            brick=$(dirname "$PWD")
            find . -type f -printf '%i\\n' | sort >/run/inodes
            rm -rf "$PWD"
            find "$brick/.glusterfs" -type f -links 1 -printf '%i %p\\n' | sort |
              join - /run/inodes | cut -d' ' -f2 | xargs -r rm -f
            """
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-ec", script], deadline: .seconds(60), failing: "the folder could not be removed")
    }

    /// Sees on the disks that this machine has none of the files that the others have.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let seen = try await eventually(
            "the files are gone from \(target)", within: .seconds(60), every: .seconds(1)
        ) {
            let replicas = try await lab.volume.replicas()
            let lacking = replicas.lacking(on: target)
            // What clients wrote since may be there again.
            guard lacking.count > 0, lacking.count * 2 > replicas.settled.count else {
                throw NotYet(replicas.complaint ?? "all replicas are the same")
            }
            return "\(target) lacks \(lacking.count) of \(replicas.settled.count) files"
        }
        return Confirmation(vantage: vantage, seen: seen)
    }
}
