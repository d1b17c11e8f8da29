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
        case .powerCycle: try await powerCycle()
        case .replace: try await toTheDark("put a blank machine in the place of", replace)
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
        var report = try await toTheDark("switched on", switchOn)
        var loose: [String] = []
        for machine in sandbox.machines.values.sorted(by: { $0.name < $1.name }) {
            guard await !machine.isPluggedIn else { continue }
            loose.append(machine.name)
            try await plugIn(machine.name)
        }
        guard !loose.isEmpty else { return report }
        report.saw += "; \(loose.joined(separator: ", ")) without a cable"
        report.did =
            (report.did == "nothing" ? "" : report.did + "; ") + "plugged in \(loose.joined(separator: ", "))"
        return report
    }

    /// Switches off and on again what has a disk whose light stays on.
    private func powerCycle() async throws -> ErrandReport {
        var lights: [String] = []
        var busy: [String] = []
        for machine in sandbox.machines.values.sorted(by: { $0.name < $1.name }) {
            let stays = await machine.isDiskBusy
            lights.append("\(machine.name)'s disk light \(stays ? "stays on" : "blinks")")
            if stays { busy.append(machine.name) }
        }
        for name in busy {
            try await sandbox.machine(name).cutPower()
            try await switchOn(name)
        }
        return ErrandReport(
            saw: lights.joined(separator: "; "),
            did: busy.isEmpty ? "nothing" : "switched \(busy.joined(separator: ", ")) off and on")
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
    private func toTheDark(
        _ deed: String, _ act: @escaping @Sendable (String) async throws -> Void
    ) async throws -> ErrandReport {
        var lights: [String] = []
        var dark: [String] = []
        for machine in sandbox.machines.values.sorted(by: { $0.name < $1.name }) {
            let isOn = await machine.isOn
            lights.append("\(machine.name) \(isOn ? "on" : "off")")
            if !isOn { dark.append(machine.name) }
        }
        try await withThrowingTaskGroup { group in
            for name in dark { group.addTask { try await act(name) } }
            try await group.waitForAll()
        }
        return ErrandReport(
            saw: lights.joined(separator: "; "),
            did: dark.isEmpty ? "nothing" : "\(deed) \(dark.joined(separator: ", "))")
    }
}
