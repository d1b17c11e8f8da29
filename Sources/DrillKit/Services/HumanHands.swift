import Machines
import Operator

/// The hands of the simulated human: what he can do at the machines themselves.
struct HumanHands: Sendable {
    let sandbox: Sandbox

    /// How long a machine may take from its switch to its agent: three minutes of a busy, emulated host.
    private static let boot = Duration.seconds(180)

    @Sendable func run(_ errand: HumanErrand) async throws -> ErrandReport {
        switch errand {
        case .switchOn: try await switchOn()
        }
    }

    /// Looks at each machine's light and switches on those that are off, all at once.
    private func switchOn() async throws -> ErrandReport {
        let machines = sandbox.machines.values.sorted { $0.name < $1.name }
        var lights: [String] = []
        var dark: [any Machine] = []
        for machine in machines {
            let isOn = await machine.isOn
            lights.append("\(machine.name) \(isOn ? "on" : "off")")
            if !isOn { dark.append(machine) }
        }
        try await withThrowingTaskGroup { group in
            for machine in dark { group.addTask { try await machine.powerOn(deadline: Self.boot) } }
            try await group.waitForAll()
        }
        return ErrandReport(
            saw: lights.joined(separator: "; "),
            did: dark.isEmpty ? "nothing" : "switched on \(dark.map(\.name).joined(separator: ", "))")
    }
}
