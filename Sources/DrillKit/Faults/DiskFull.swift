import Machines

/// The disk of a machine is full to the last block, as a log does that nobody looks at.
public struct DiskFull: Fault {
    /// No block is left, not even for root.
    public let kind = "disk full"
    /// The machine.
    public let target: String
    /// The peers' word.
    public let vantage = "another machine's GlusterFS"

    /// Fills the disk of the machine that has the database.
    public init(on machine: String) { target = machine }

    /// Gives a log of the app all that is left.
    ///
    /// The blocks are taken without being written, then the rest in ever smaller pieces.
    public func inject(into lab: Lab) async throws {
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
    public func confirm(in lab: Lab) async throws -> Confirmation {
        Confirmation(vantage: vantage, seen: try await lab.volume.hasNoSpace(on: target))
    }
}
