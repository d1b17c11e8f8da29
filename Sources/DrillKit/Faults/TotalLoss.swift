import Boundary
import Ledger
import Machines

/// All machines are lost for good at once, to a fire or a theft.
///
/// No disk is left, and no peer to tell of it.
struct TotalLoss: Fault {
    let kind = "all machines lost for good"
    let vantage = "the operator's laptop knocks at port 22, and each machine's own switch"
    private let machines = ["pi1", "pi2", "pi3"]

    var target: String { machines.joined(separator: ", ") }

    /// What the schedule of the off-site copies concedes: they are all that is left.
    func concessions(in lab: Lab) -> [StoreKind: Double] { Offsite.promises }

    /// Ends the machines and removes their disks, all in one moment.
    func inject(into lab: Lab) async throws {
        try await lab.everyMachine(machines) { try await $0.wreck() }
    }

    /// Sees from the laptop that no machine answers, and that none comes on.
    func confirm(in lab: Lab) async throws -> Confirmation {
        try await lab.noMachineAnswers(machines)
        var refusals: [String] = []
        for name in machines {
            do {
                try await lab.sandbox.machine(name).powerOn(deadline: .seconds(60))
            } catch let refusal as MachineError where refusal.lastSeen == MachineError.noDisk {
                refusals.append(refusal.what)
                continue
            }
            throw DrillError("\(name) came on again, so its disk was not lost")
        }
        return Confirmation(vantage: vantage, seen: "no machine answers; \(refusals.joined(separator: "; "))")
    }
}
