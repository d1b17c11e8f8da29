import Machines

/// A power cut that meets disks which say "flushed" and keep everything in their volatile cache.
///
/// A control: a drill of it must find acknowledged writes lost.
public struct LyingDisks: Fault {
    private let fault: any Fault

    /// Makes every machine's disk ignore flushes some seconds before a fault.
    public init(before fault: any Fault) { self.fault = fault }

    /// The fault's kind, and what is wrong beside it.
    public var kind: String { fault.kind + ", with disks that ignore flushes" }
    /// The fault's target.
    public var target: String { fault.target }
    /// The disks' own word: not even the mark that was flushed is there.
    public var vantage: String { "each machine's own disk" }

    /// Has the disks ignore flushes, and lets the clients write for a while.
    public func prepare(_ lab: Lab) async throws {
        try await lab.everyMachine(lab.sandbox.plan.machines.map(\.name)) { try await $0.ignoreFlushes() }
        try await Task.sleep(for: .seconds(8))
        try await fault.prepare(lab)
    }

    /// Cuts.
    public func inject(into lab: Lab) async throws { try await fault.inject(into: lab) }

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
