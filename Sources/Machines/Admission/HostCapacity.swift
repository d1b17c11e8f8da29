import Foundation

/// What this host has for sandboxes.
package struct HostCapacity: Sendable {
    /// The memory built in, in mebibytes.
    var memoryMB: Int
    /// What could be taken now without swapping, in mebibytes (`MemAvailable`).
    package var availableMB: Int
    /// The processor cores.
    var cores: Int

    /// What of the memory built in sandboxes may have, in mebibytes.
    var sandboxesMB: Int { memoryMB - LabPlan.hostReserveMB }

    /// As it is now.
    package static func current() -> HostCapacity {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let meminfo = FileManager.default.contents(atPath: "/proc/meminfo") ?? Data()
        let physical = Int(ProcessInfo.processInfo.physicalMemory >> 20)
        let text = String(decoding: meminfo, as: UTF8.self)
        return HostCapacity(
            memoryMB: field("MemTotal", of: text) ?? physical,
            availableMB: field("MemAvailable", of: text) ?? physical, cores: cores)
    }

    /// A line of /proc/meminfo, `MemAvailable:   12345 kB`, in mebibytes.
    static func field(_ name: String, of meminfo: String) -> Int? {
        let line = meminfo.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
    }
}

/// What one sandbox asks of the host.
struct Demand: Sendable, Codable {
    /// In mebibytes, at most.
    var memoryMB: Int
    /// Processor cores that it keeps busy.
    var cores: Int
}

/// Decides whether one more sandbox fits.
struct AdmissionRule: Sendable {
    /// How many sandboxes the operator allows, whatever the host has; nil leaves it to the host.
    var most: Int?

    /// Why the demand cannot ever fit, whatever ends; nil if it can.
    func impossibility(of demand: Demand, on host: HostCapacity) -> String? {
        guard most == nil, demand.memoryMB > host.sandboxesMB else { return nil }
        return "it needs \(demand.memoryMB) MB, and sandboxes may have \(host.sandboxesMB) MB of this host"
    }

    /// Why the demand does not fit beside what runs; nil if it does.
    ///
    /// Memory is counted twice: by what was promised, since a sandbox that just started has not touched its
    /// memory yet, and by what is available, since others use the host too. One sandbox may always run when
    /// its memory is there, on however few cores.
    func obstacle(to demand: Demand, beside running: [Demand], on host: HostCapacity) -> String? {
        if let most {
            return running.count < most ? nil : "DRILL_SANDBOXES allows \(most) at once"
        }
        let promised = running.reduce(demand.memoryMB) { $0 + $1.memoryMB }
        if promised > host.sandboxesMB {
            return
                "\(promised) MB would be promised, and sandboxes may have \(host.sandboxesMB) MB of this host"
        }
        if demand.memoryMB > host.availableMB - LabPlan.hostReserveMB {
            return "it needs \(demand.memoryMB) MB, and only \(host.availableMB) MB are available"
        }
        let busy = running.reduce(demand.cores) { $0 + $1.cores }
        if busy > host.cores, !running.isEmpty {
            return "\(busy) cores would be busy, and this host has \(host.cores)"
        }
        return nil
    }
}
