import Ledger
import Machines

/// A machine loses its power: its processors, its memory and what its disk's cache held are gone at once.
struct NodeKill: Fault {
    let kind = "node killed"
    let vantage = Lab.peersVantage
    let target: String

    init(_ machine: String) { target = machine }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Kills the machine together with its disk server.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).cutPower()
    }

    /// Sees from both other machines that it answers no ping any more.
    func confirm(in lab: Lab) async throws -> Confirmation {
        Confirmation(vantage: vantage, seen: try await lab.noPeerReaches(target))
    }
}
