import Ledger
import Machines

/// A machine hangs, as one does that is too hot or gets too little current: nothing in it runs, and its light stays on.
struct NodeHang: Fault {
    let kind = "node hung"
    let target: String

    init(_ machine: String) { target = machine }

    var vantage: String { Lab.peersVantage + ", and its light" }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Stops its processors where they are; nobody has them go on.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).hang()
    }

    /// Sees from both other machines that it answers no ping any more, and that it is on all the same.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await lab.noPeerReaches(target)
        guard try await lab.sandbox.machine(target).isOn else {
            throw DrillError("\(target) does not hang", lastSeen: "its light is off")
        }
        return Confirmation(vantage: vantage, seen: "\(silent); \(target)'s light is on")
    }
}
