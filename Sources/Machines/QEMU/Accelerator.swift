import Boundary
import Foundation
import Subprocess
import Synchronization

/// What runs the guests' instructions.
public enum Accelerator: String, Sendable, Codable {
    /// Linux's KVM.
    case kvm
    /// macOS's Hypervisor framework.
    case hvf
    /// QEMU's own translation of every instruction (TCG).
    case emulation

    /// QEMU's `-accel` option.
    var option: String {
        switch self {
        case .kvm: "kvm"
        case .hvf: "hvf"
        case .emulation: "tcg,thread=multi"
        }
    }
}

/// Which accelerator was chosen for this host, and what was seen.
public struct AcceleratorChoice: Sendable, Codable {
    /// The accelerator that the machines run on.
    public let accelerator: Accelerator
    /// The accelerators that a guest kernel was started under, or that were found absent.
    public let tried: [String]
    /// Why: what a real guest kernel did under the faster one.
    public let reason: String
    /// The host and QEMU that the answer is true for; another one is tried anew.
    let subject: String
}

extension Accelerator {
    /// Chooses the fastest accelerator under which a real guest kernel truly starts.
    ///
    /// `/dev/kvm` can exist, open and make a VM whose guest never prints a line (seen on a cloud host),
    /// so the kernel of the image itself is started under a deadline of eight seconds.
    /// The answer is kept in `memory`, for this kernel and this QEMU.
    public static func choose(
        architecture: Architecture, kernel: String, rememberedIn memory: String
    ) async throws -> AcceleratorChoice {
        guard architecture == .host else {
            return AcceleratorChoice(
                accelerator: .emulation, tried: [],
                reason: "\(architecture.rawValue) guests on another processor", subject: "")
        }
        #if os(macOS)
            let candidate = Accelerator.hvf
        #else
            let candidate = Accelerator.kvm
            guard access("/dev/kvm", R_OK | W_OK) == 0 else {
                return AcceleratorChoice(
                    accelerator: .emulation, tried: ["kvm"], reason: "/dev/kvm is absent or not ours to open",
                    subject: "")
            }
        #endif
        let subject = try await describe(architecture)
        if let data = FileManager.default.contents(atPath: memory),
            let known = try? JSONDecoder().decode(AcceleratorChoice.self, from: data),
            known.subject == subject
        {
            return known
        }
        let trial = await kernelStarts(architecture: architecture, kernel: kernel, under: candidate)
        try Task.checkCancellation()
        let started: Bool
        switch trial {
        case .started: started = true
        case .silent: started = false
        case .untried(let why):
            // That says nothing about the host: the next start tries again.
            return AcceleratorChoice(
                accelerator: .emulation, tried: [candidate.rawValue], reason: why, subject: "")
        }
        let choice = AcceleratorChoice(
            accelerator: started ? candidate : .emulation, tried: [candidate.rawValue],
            reason: started
                ? "a guest kernel started under \(candidate.rawValue)"
                : "a guest kernel printed nothing in 8 s under \(candidate.rawValue)",
            subject: subject)
        try JSONEncoder().encode(choice).write(to: URL(filePath: memory), options: .atomic)
        return choice
    }

    /// The host's kernel and QEMU, in one line.
    private static func describe(_ architecture: Architecture) async throws -> String {
        let version = try await architecture.programVersion()
        var host = utsname()
        uname(&host)
        let release = withUnsafeBytes(of: &host.release) {
            String(decoding: $0.prefix(while: { $0 != 0 }), as: UTF8.self)
        }
        return release + " / " + version
    }

    /// What came of starting a guest kernel.
    private enum Trial {
        case started
        /// It printed nothing before the alarm.
        case silent
        /// QEMU could not be run, or ended by itself before any kernel spoke.
        case untried(String)
    }

    /// How long a guest kernel may take to its first line.
    private static let alarm = Duration.seconds(8)

    /// Starts the kernel without a disk or a network and waits for its first lines on the serial console.
    private static func kernelStarts(
        architecture: Architecture, kernel: String, under candidate: Accelerator
    ) async -> Trial {
        let arguments = [
            "-nodefaults", "-no-user-config", "-display", "none", "-nic", "none",
            "-machine", architecture.machineModel, "-accel", candidate.option, "-cpu", "host", "-m", "256M",
            "-serial", "stdio", "-kernel", kernel, "-append", "console=\(architecture.console) panic=-1",
            "-no-reboot",
        ]
        do {
            let seen = try await Subprocess.run(
                .name(architecture.program), arguments: Arguments(arguments),
                environment: CleanEnvironment.exactly(CleanEnvironment.values(), .whole), input: .none,
                output: .sequence, error: .discarded
            ) { execution -> Trial? in
                let began = ContinuousClock.now
                let deadline = Task {
                    try await Task.sleep(for: Self.alarm)
                    try? execution.send(signal: .kill)
                }
                defer { deadline.cancel() }
                for try await line in execution.standardOutput.strings()
                where line.contains("Linux version") {
                    try? execution.send(signal: .kill)
                    return .started
                }
                // Before the alarm it ended by itself.
                return ContinuousClock.now - began < Self.alarm ? nil : .silent
            }
            return seen.closureResult
                ?? .untried(
                    "QEMU ended before a guest kernel printed anything under \(candidate.rawValue): "
                        + "\(seen.terminationStatus)")
        } catch {
            return .untried("QEMU could not be run under \(candidate.rawValue): \(error)")
        }
    }
}

extension Architecture {
    /// What QEMU for this processor says of its version: its first line.
    func programVersion() async throws -> String {
        do {
            let said = try await HostCommand.run([program, "--version"], deadline: .seconds(30))
            return String(said.text.prefix { $0 != "\n" })
        } catch BoundaryError.notStarted(_, let reason) {
            throw MachineError(
                "\(program) could not be started", lastSeen: reason, next: "run `drillctl doctor`")
        }
    }
}
