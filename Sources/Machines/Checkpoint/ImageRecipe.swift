import Boundary
import Foundation
import Subprocess

/// The profile's own script that builds the machines' image: `build.sh OUT ARCHITECTURE TOOLS`.
///
/// It leaves `disk.raw`, `vmlinuz` and `initrd` in OUT.
struct ImageRecipe {
    let script: String

    /// What every command gets, and the way to Debian's mirror where this host has one of its own.
    private static var environment: Environment {
        let proxies = ["http_proxy", "https_proxy", "no_proxy"].flatMap { [$0, $0.uppercased()] }
        let made = ProcessInfo.processInfo.environment.filter { proxies.contains($0.key) }
            .merging(["HOME": NSHomeDirectory(), "LIFELINE": "1"]) { $1 }
        return CleanEnvironment.exactly(CleanEnvironment.values(made), .whole)
    }

    func run(
        into folder: String, architecture: Architecture, tools: String, progress: BringUp
    ) async throws {
        // The script removes what it began and ends what it started; killed alone, it would leave both.
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(30))
        ]
        // It ends with us, however we end: its input stays open as long as we live.
        let built = try await Subprocess.run(
            .name("bash"), arguments: [script, folder, architecture.rawValue, tools],
            environment: Self.environment, platformOptions: options, input: .inputWriter,
            output: .discarded, error: .sequence
        ) { execution in
            var last: [String] = []
            for try await line in execution.standardError.strings() {
                let line = line.trimmingCharacters(in: .newlines)
                last = (last + [line]).suffix(8)
                if line.hasPrefix("image:") { progress.note("  \(line)") }
            }
            return last
        }
        guard built.terminationStatus.isSuccess else {
            throw MachineError(
                "the image recipe \(script) failed", lastSeen: built.closureResult.joined(separator: " | "),
                next: "run `drillctl doctor`, then try again")
        }
        for file in ["disk.raw", "vmlinuz", "initrd"] where !exists("\(folder)/\(file)") {
            throw MachineError(
                "the image recipe \(script) left no \(file)", lastSeen: built.closureResult.last)
        }
    }
}
