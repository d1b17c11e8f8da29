import Boundary
public import Ledger
import Machines

/// A machine is lost for good: its power ends, and its disk with all that was on it is gone.
public struct NodeLoss: Fault {
    /// The machine's end.
    public let kind = "node lost for good"
    /// The machine.
    public let target: String
    private let kill: NodeKill

    /// Destroys `machine`.
    public init(_ machine: String) {
        target = machine
        kill = NodeKill(machine)
    }

    /// The peers' word, and the machine's own switch.
    public var vantage: String { kill.vantage + ", and its own switch" }

    /// What two machines keep up.
    public var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// What the machine's backups concede, if it held something that is nowhere else.
    public func concessions(in lab: Lab) -> [StoreKind: Double] { lab.concessions(losing: target) }

    /// Ends the machine and removes its disk.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).wreck()
    }

    /// Sees from both other machines that it answers no ping any more, and that it does not come on.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await kill.confirm(in: lab)
        do {
            try await lab.sandbox.machine(target).powerOn(deadline: .seconds(60))
        } catch let refusal as MachineError where refusal.lastSeen == MachineError.noDisk {
            return Confirmation(vantage: vantage, seen: "\(silent.seen); \(refusal.what)")
        }
        throw DrillError("\(target) came on again, so its disk was not lost")
    }
}
