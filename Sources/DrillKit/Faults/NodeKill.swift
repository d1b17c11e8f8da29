import Ledger
import Machines

/// A machine loses its power: its processors, its memory and what its disk's cache held are gone at once.
struct NodeKill: Fault {
    let kind: String
    let vantage = Lab.peersVantage
    let target: String
    private let clockLag: Duration?

    /// Cuts the power of a machine; with a lag, it comes on with a clock that is so far behind, as far as systemd lets it.
    init(_ machine: String, clockLag: Duration? = nil) {
        target = machine
        kind = clockLag == nil ? "node killed" : "node killed, clock stale"
        self.clockLag = clockLag
    }

    var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Kills the machine together with its disk server.
    func inject(into lab: Lab) async throws {
        let machine = try lab.sandbox.machine(target)
        if let clockLag { try await machine.loseTime(clockLag) }
        try await machine.cutPower()
    }

    /// Sees from both other machines that it answers no ping any more.
    func confirm(in lab: Lab) async throws -> Confirmation {
        Confirmation(vantage: vantage, seen: try await lab.noPeerReaches(target))
    }
}
