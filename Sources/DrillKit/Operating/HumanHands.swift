public import Machines
import Operator

/// The hands of the human: what he can do at the machines themselves.
public struct HumanHands: Sendable {
    private let sandbox: Sandbox

    /// How long a machine may take from its switch to its agent: three minutes of a busy, emulated host.
    private static let boot = Duration.seconds(180)

    /// Hands that reach a sandbox's machines.
    public init(sandbox: Sandbox) { self.sandbox = sandbox }

    @Sendable func run(_ errand: HumanErrand) async throws -> ErrandReport {
        switch errand {
        case .switchOn: try await setRight()
        case .bringBack: try await bringBack()
        case .powerCycle: try await powerCycle()
        case .replace: try await forDarkMachines("put a blank machine in the place of", replace)
        case .fetchDisk: try carry("fetched the off-site disk", OffsiteDisk(sandbox).fetch)
        case .takeDiskBack: try carry("took the off-site disk back", OffsiteDisk(sandbox).takeBack)
        }
    }

    /// Switches a machine on, and waits until it has booted.
    @Sendable public func switchOn(_ machine: String) async throws {
        try await sandbox.machine(machine).powerOn(deadline: Self.boot)
    }

    /// Puts a machine's network cable back.
    @Sendable public func plugIn(_ machine: String) async throws {
        try await sandbox.machine(machine).plugIn()
    }

    /// Switches on what is dark, and puts in what hangs loose.
    private func setRight() async throws -> ErrandReport {
        var report = try await forDarkMachines("switched on", switchOn)
        let loose = try await machines(where: { await !$0.isPluggedIn })
        for name in loose { try await plugIn(name) }
        if !loose.isEmpty {
            let names = loose.joined(separator: ", ")
            report.add(saw: "\(names) without a cable", did: "plugged in \(names)")
        }
        return report
    }

    /// Does that, and switches off and on again what hangs.
    private func bringBack() async throws -> ErrandReport {
        let hung = try await machines(where: { try await $0.isHanging })
        var report = try await setRight()
        for name in hung {
            try await switchOffAndOn(name)
            report.add(saw: "\(name)'s screen stands still", did: "switched \(name) off and on")
        }
        return report
    }

    /// Switches off and on again what has a disk whose light stays on.
    private func powerCycle() async throws -> ErrandReport {
        let busy = try await machines(where: { await $0.isDiskBusy })
        for name in busy { try await switchOffAndOn(name) }
        let lights = sandbox.machines.keys.sorted().map {
            "\($0)'s disk light \(busy.contains($0) ? "stays on" : "blinks")"
        }
        return ErrandReport(
            saw: lights.joined(separator: "; "),
            did: busy.isEmpty ? "nothing" : "switched \(busy.joined(separator: ", ")) off and on")
    }

    private func switchOffAndOn(_ machine: String) async throws {
        try await sandbox.machine(machine).cutPower()
        try await switchOn(machine)
    }

    /// Puts a blank machine in the place of another, the operator's key in its image, and notes the host key that
    /// its screen shows in the operator's safe.
    @Sendable public func replace(_ machine: String) async throws {
        let machine = try sandbox.machine(machine)
        try await machine.replace(deadline: Self.boot)
        let line = try await Introduction(sandbox: sandbox).introduce(machine)
        try OperatorSafe(sandbox).knownHosts.learn(line, of: machine.name)
    }

    private func carry(_ deed: String, _ act: () throws -> Void) throws -> ErrandReport {
        try act()
        return ErrandReport(saw: "the off-site box", did: deed)
    }

    /// Looks at each machine's light and does something to those that are off, all at once.
    private func forDarkMachines(
        _ deed: String, _ act: @escaping @Sendable (String) async throws -> Void
    ) async throws -> ErrandReport {
        let dark = try await machines(where: { await !$0.isOn })
        let lights = sandbox.machines.keys.sorted().map { "\($0) \(dark.contains($0) ? "off" : "on")" }
        try await withThrowingTaskGroup { group in
            for name in dark { group.addTask { try await act(name) } }
            try await group.waitForAll()
        }
        return ErrandReport(
            saw: lights.joined(separator: "; "),
            did: dark.isEmpty ? "nothing" : "\(deed) \(dark.joined(separator: ", "))")
    }

    /// The machines' names, in order, of which something is to be seen.
    private func machines(where seen: (any Machine) async throws -> Bool) async throws -> [String] {
        var names: [String] = []
        for machine in sandbox.machines.values where try await seen(machine) { names.append(machine.name) }
        return names.sorted()
    }
}
