import Boundary
import Ledger
import Machines

/// A machine is lost for good: its power ends, and its disk with all that was on it is gone.
struct NodeLoss: Fault {
    let kind = "node lost for good"
    let target: String

    init(_ machine: String) { target = machine }

    var vantage: String { Lab.peersVantage + ", and its own switch" }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// What the machine's backups concede, if it held something that is nowhere else.
    func concessions(in lab: Lab) -> [StoreKind: Double] { lab.concessions(losing: target) }

    /// Ends the machine and removes its disk.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).wreck()
    }

    /// Sees from both other machines that it answers no ping any more, and that it does not come on.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await lab.noPeerReaches(target)
        do {
            try await lab.sandbox.machine(target).powerOn(deadline: .seconds(60))
        } catch let refusal as MachineError where refusal.lastSeen == MachineError.noDisk {
            return Confirmation(vantage: vantage, seen: "\(silent); \(refusal.what)")
        }
        throw DrillError("\(target) came on again, so its disk was not lost")
    }
}
