import Foundation
import Machines

extension HostLook {
    /// What a sandbox waits for: its machines' memory beside what the host keeps.
    private static let neededMemoryMB = ServicesProfile.machines.reduce(LabPlan.hostReserveMB) {
        $0 + $1.memoryMB
    }
    /// A cold cache: image, provisioned disks, checkpoint with memory, and the staging of one of them.
    private static let neededCacheMB = 8000
    /// Three overlays that drills write to.
    private static let neededRunsMB = 2000

    /// Memory, cores and disk.
    var resources: [HostCheck] {
        [
            memory, cores, disk("cache", cache.root, Self.neededCacheMB),
            disk("runs", runs.root, Self.neededRunsMB),
        ]
    }

    private var memory: HostCheck {
        let free = HostCapacity.current().availableMB
        guard free >= Self.neededMemoryMB else {
            return .missing(
                "memory", "\(free) MiB free, \(Self.neededMemoryMB) needed", mend: "free some memory")
        }
        return .good("memory", "\(free) MiB free, \(Self.neededMemoryMB) a sandbox")
    }

    private var cores: HostCheck {
        let count = ProcessInfo.processInfo.activeProcessorCount
        let seen = "\(count), 3 machines share them"
        return count >= 2 ? .good("cores", seen) : .note("cores", seen)
    }

    private func disk(_ name: String, _ folder: String, _ neededMB: Int) -> HostCheck {
        guard let freeMB = Disk.freeMB(at: folder) else {
            return .missing(
                "disk for \(name)", "\(folder): \(String(cString: strerror(errno)))",
                mend: "mkdir -p \(folder)")
        }
        let seen = "\(freeMB) MiB free at \(folder), \(neededMB) needed"
        guard freeMB < neededMB else { return .good("disk for \(name)", seen) }
        let hasCheckpoint = checkpoint.state == .good
        // A warm cache needs no more room.
        if name == "cache", hasCheckpoint {
            return .note("disk for \(name)", seen, mend: "drillctl cache prune --older-than 30d")
        }
        return .missing("disk for \(name)", seen, mend: "free some space at \(folder)")
    }
}
