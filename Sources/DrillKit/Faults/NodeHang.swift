public import Ledger
import Machines

/// A machine hangs, as one does that is too hot or gets too little current: nothing in it runs, and its light stays on.
public struct NodeHang: Fault {
    /// The standstill.
    public let kind = "node hung"
    /// The machine.
    public let target: String
    private let silence: NodeKill

    /// Hangs `machine`.
    public init(_ machine: String) {
        target = machine
        silence = NodeKill(machine)
    }

    /// The peers' word, and the machine's light.
    public var vantage: String { silence.vantage + ", and its light" }

    /// What two machines keep up.
    public var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Stops its processors where they are; nobody has them go on.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).hang()
    }

    /// Sees from both other machines that it answers no ping any more, and that it is on all the same.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await silence.confirm(in: lab)
        guard try await lab.sandbox.machine(target).isOn else {
            throw DrillError("\(target) does not hang", lastSeen: "its light is off")
        }
        return Confirmation(vantage: vantage, seen: "\(silent.seen); \(target)'s light is on")
    }
}
