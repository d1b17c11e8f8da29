import Machines

/// The root file system of a machine is read-only, which is what a kernel does with one on whose disk it met errors.
public struct RootReadOnly: Fault {
    /// What the kernel says.
    public let kind = "root file system read-only"
    /// The machine.
    public let target: String
    /// The peers' word.
    public let vantage = "another machine's GlusterFS"

    /// Makes it read-only on a machine.
    public init(on machine: String) { target = machine }

    /// Has the kernel remount everything read-only at once, whoever has files open for writing.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-c", "echo 1 >/proc/sys/kernel/sysrq; echo u >/proc/sysrq-trigger"],
            failing: "its root could not be made read-only")
    }

    /// Sees that the peers have lost its replica, whose server looks every ten seconds whether it can write.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        Confirmation(vantage: vantage, seen: try await lab.volume.losesReplica(of: target))
    }
}
