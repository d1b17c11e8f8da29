import Boundary
import Foundation
import Ledger
import Machines

/// A machine runs on, and nobody reaches it: its network cable is out.
///
/// It does not know that the others went on without it: what it ran it still runs when the cable is back.
struct CutOff: Fault {
    let kind = "cut off from the others"
    let target: String

    init(_ machine: String) { target = machine }

    var vantage: String { Lab.peersVantage + ", and its own console" }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Pulls the cable.
    func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).unplug()
    }

    /// Sees from both other machines that it answers no ping any more, and from its console that it runs and reaches
    /// nobody.
    func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await lab.noPeerReaches(target)
        let machine = try lab.sandbox.machine(target)
        let carrier = try await machine.run("cat", "/sys/class/net/eth0/carrier")
        guard carrier.stdout.trimmingCharacters(in: .whitespacesAndNewlines) == "0" else {
            throw DrillError("\(target) has a link", lastSeen: "carrier \(carrier.stdout)\(carrier.stderr)")
        }
        return Confirmation(vantage: vantage, seen: "\(silent); \(target) runs, without a carrier")
    }
}
