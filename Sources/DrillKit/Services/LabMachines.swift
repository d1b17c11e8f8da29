import Boundary
import Machines

/// What is done with several machines at once, and seen of them from elsewhere.
extension Lab {
    /// Does something with several machines, side by side.
    func everyMachine(
        _ names: [String], _ act: @escaping @Sendable (any Machine) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            for name in names {
                let machine = try sandbox.machine(name)
                group.addTask { try await act(machine) }
            }
            try await group.waitForAll()
        }
    }

    /// The systemd units that start when a machine does, of all machines: `pi1: multi-user.target.wants/openbao.service`.
    ///
    /// By their links: `systemctl list-unit-files` reads every unit, which takes an emulated machine more than 20 s.
    func enabledUnits() async throws -> Set<String> {
        try await withThrowingTaskGroup { group in
            for machine in sandbox.machines.values {
                group.addTask {
                    let said = try await machine.mustRun(
                        ["find", "/etc/systemd/system", "-path", "*.wants/*", "-printf", "%P\n"],
                        failing: "it does not tell what starts at boot")
                    return said.split(separator: "\n").map { "\(machine.name): \($0)" }
                }
            }
            return try await group.reduce(into: []) { $0.formUnion($1) }
        }
    }

    /// Sees from the operator's laptop that nobody is at port 22 of any of several machines.
    func noMachineAnswers(_ names: [String]) async throws {
        let namespace = sandbox.namespace
        try await eventually("no machine answers", within: .seconds(30)) {
            for name in names {
                let door = try await namespace.run(
                    ["socat", "-u", "OPEN:/dev/null", "TCP:\(name):22,connect-timeout=2"],
                    deadline: .seconds(10))
                guard !door.succeeded, !door.lastWords.contains("refused") else {
                    throw NotYet("\(name) still answers: \(door.lastWords)")
                }
            }
        }
    }

    /// From where ``noPeerReaches(_:)`` looks.
    static let peersVantage = "ping from each peer"

    /// Sees from both other machines that one answers no ping any more; what they see.
    func noPeerReaches(_ machine: String) async throws -> String {
        let peers = sandbox.machines.values.filter { $0.name != machine }
        let seen = try await eventually("no peer reaches \(machine)", within: .seconds(60), every: .guestPace)
        {
            try await withThrowingTaskGroup(of: String.self) { group in
                for peer in peers {
                    group.addTask {
                        let ping = try await peer.run("ping", "-c", "1", "-W", "2", machine)
                        switch ping.exit {
                        case 0: throw NotYet("\(peer.name) still reaches \(machine)")
                        // No answer. Any other status is of a ping that could not ask (iputils, ping(8)).
                        case 1: return "\(peer.name) loses every packet to \(machine)"
                        default: throw NotYet("\(peer.name) cannot ask: \(ping.stderr)")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted()
            }
        }
        return seen.joined(separator: "; ")
    }
}
