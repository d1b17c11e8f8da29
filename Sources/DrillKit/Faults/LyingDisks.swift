import Machines

/// A power cut that meets disks which say "flushed" and keep everything in their volatile cache.
///
/// A control: a drill of it must find acknowledged writes lost.
public struct LyingDisks: CompoundFault {
    /// The fault that meets them.
    public let fault: any Fault
    /// What is wrong beside it.
    public let condition = "with disks that ignore flushes"
    /// The disks' own word: not even the mark that was flushed is there.
    public let vantage = "each machine's own disk"

    /// Makes every machine's disk ignore flushes some seconds before a fault.
    public init(before fault: any Fault) { self.fault = fault }

    /// Has the disks ignore flushes, and lets the clients write for a while.
    public func makeSo(in lab: Lab) async throws {
        try await lab.everyMachine(lab.sandbox.plan.machines.map(\.name)) { try await $0.ignoreFlushes() }
        try await Task.sleep(for: .seconds(8))
    }

    /// Sees on each dark machine's disk that even what a program had flushed is gone.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        var seen: [String] = []
        for machine in lab.sandbox.machines.values.sorted(by: { $0.name < $1.name }) {
            let reading = try await machine.readSentinel()
            guard !reading.keptFlushed else {
                throw DrillError("the disk of \(machine.name) is an honest one", lastSeen: "\(reading)")
            }
            seen.append("\(machine.name): \(reading)")
        }
        return Confirmation(vantage: vantage, seen: seen.joined(separator: "; "))
    }
}
