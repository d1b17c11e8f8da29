import Boundary
import Foundation
public import Ledger
import Machines

/// A machine runs on, and nobody reaches it: its network cable is out.
///
/// It does not know that the others went on without it: what it ran it still runs when the cable is back.
public struct CutOff: Fault {
    /// The cable's end.
    public let kind = "cut off from the others"
    /// The machine.
    public let target: String
    private let silence: NodeKill

    /// Cuts `machine` off.
    public init(_ machine: String) {
        target = machine
        silence = NodeKill(machine)
    }

    /// The peers' word, and that of the machine's own console.
    public var vantage: String { silence.vantage + ", and its own console" }

    /// What two machines keep up.
    public var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Pulls the cable.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).unplug()
    }

    /// Sees from both other machines that it answers no ping any more, and from its console that it runs and reaches
    /// nobody.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let silent = try await silence.confirm(in: lab)
        let machine = try lab.sandbox.machine(target)
        let carrier = try await machine.run("cat", "/sys/class/net/eth0/carrier")
        guard carrier.stdout.trimmingCharacters(in: .whitespacesAndNewlines) == "0" else {
            throw DrillError("\(target) has a link", lastSeen: "carrier \(carrier.stdout)\(carrier.stderr)")
        }
        return Confirmation(vantage: vantage, seen: "\(silent.seen); \(target) runs, without a carrier")
    }
}
