import Machines

/// The root file system of a machine is read-only, with files open for writing on it.
struct RootReadOnly: Fault {
    /// What made it so.
    enum Cause: String, Sendable {
        /// The kernel met an error in it, and aborts its journal: from then on writes and `fsync` fail.
        ///
        /// The kernel's own switch for tests of this path makes the error (`Documentation/ABI/testing/sysfs-fs-ext4`,
        /// `trigger_fs_error`); what follows is what follows in earnest.
        case error = "after an error"
        /// An emergency remount (SysRq u), as a watchdog does it: worse, since `fsync` then says yes to what no disk got.
        case remount = "emergency remount"
    }

    var kind: String { "root file system read-only, \(cause.rawValue)" }
    let target: String
    let vantage = "another machine's GlusterFS, and who writes there"
    /// What made it so.
    private let cause: Cause

    init(_ cause: Cause, on machine: String) {
        self.cause = cause
        target = machine
    }

    /// Lets the kernel meet the error, or remount at once.
    func inject(into lab: Lab) async throws {
        let script =
            switch cause {
            case .error: "echo 1 >/sys/fs/ext4/vda/trigger_fs_error"
            case .remount: "echo 1 >/proc/sys/kernel/sysrq; echo u >/proc/sysrq-trigger"
            }
        try await lab.sandbox.machine(target).mustRun(
            ["sh", "-c", script], failing: "its root could not be made read-only")
    }

    /// Sees that the peers have lost its replica, whose server looks every ten seconds whether it can write, and that
    /// nobody can write there for this reason: a server may end for others.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let lost = try await lab.volume.losesReplica(of: target)
        let write = try await lab.sandbox.machine(target).run("touch", "/var/tmp/read-only")
        guard write.exit != 0, write.stderr.contains("Read-only file system") else {
            throw DrillError(
                "\(target)'s root is not read-only", lastSeen: "exit \(write.exit) \(write.stderr)")
        }
        return Confirmation(vantage: vantage, seen: "\(lost); nobody can write there")
    }
}
