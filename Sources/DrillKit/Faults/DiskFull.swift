import Machines

/// The disk of a machine is full to the last block, as when nobody looks after a log.
struct DiskFull: Fault {
    let kind = "disk full"
    let target: String
    let vantage = "another machine's GlusterFS"

    init(on machine: String) { target = machine }

    /// Gives a log of the app all that is left.
    ///
    /// The blocks are taken without being written, then the rest in ever smaller pieces.
    func inject(into lab: Lab) async throws {
        let script = """
            log=/var/log/canary-debug.log
            for piece in 64M 1M 64k 4k; do
              while fallocate --offset "$(stat -c %s "$log" 2>/dev/null || echo 0)" --length "$piece" "$log"; do :; done
            done 2>/dev/null
            sync
            """
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-c", script], deadline: .seconds(60), failing: "its disk could not be filled")
    }

    /// Sees that a peer knows of no free block there.
    ///
    /// What comes of it may take hours: PostgreSQL goes on in the segments that it recycles, and in pages that have room.
    func confirm(in lab: Lab) async throws -> Confirmation {
        Confirmation(vantage: vantage, seen: try await lab.volume.hasNoSpace(on: target))
    }
}
