import Boundary
public import Ledger
import Machines

/// A machine loses its power: its processors, its memory and what its disk's cache held are gone at once.
public struct NodeKill: Fault {
    /// The power's end.
    public let kind = "node killed"
    /// The peers' word.
    public let vantage = "ping from each peer"
    /// The machine.
    public let target: String

    /// Cuts the power of `machine`.
    public init(_ machine: String) { target = machine }

    /// What two machines keep up.
    public var survivors: Set<StoreKind> { Lab.stores(without: target) }

    /// Kills the machine together with its disk server.
    public func inject(into lab: Lab) async throws {
        try await lab.sandbox.machine(target).cutPower()
    }

    /// Sees from both other machines that it answers no ping any more.
    public func confirm(in lab: Lab) async throws -> Confirmation {
        let target = target
        let peers = lab.sandbox.machines.values.filter { $0.name != target }.sorted { $0.name < $1.name }
        let seen = try await eventually("no peer reaches \(target)", within: .seconds(60), every: .guestPace)
        {
            try await withThrowingTaskGroup(of: String.self) { group in
                for peer in peers {
                    group.addTask {
                        let ping = try await peer.run("ping", "-c", "1", "-W", "2", target)
                        switch ping.exit {
                        case 0: throw NotYet("\(peer.name) still reaches \(target)")
                        // No answer. Any other status is of a ping that could not ask (iputils, ping(8)).
                        case 1: return "\(peer.name) loses every packet to \(target)"
                        default: throw NotYet("\(peer.name) cannot ask: \(ping.stderr)")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted()
            }
        }
        return Confirmation(vantage: vantage, seen: seen.joined(separator: "; "))
    }
}
