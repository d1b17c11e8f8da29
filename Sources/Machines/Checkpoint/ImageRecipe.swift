import Foundation
import Subprocess

/// The profile's own script that builds the machines' image: `build.sh OUT ARCHITECTURE TOOLS`.
///
/// It leaves `disk.raw`, `vmlinuz` and `initrd` in OUT.
struct ImageRecipe {
    let script: String

    func run(
        into folder: String, architecture: Architecture, tools: String, progress: BringUp
    ) async throws {
        // The script removes what it began and ends what it started; killed alone, it would leave both.
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(30))
        ]
        let built = try await Subprocess.run(
            .name("bash"), arguments: [script, folder, architecture.rawValue, tools],
            platformOptions: options,
            input: .none,
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
                "the image recipe \(script) left no \(file)", lastSeen: built.closureResult.last, next: nil)
        }
    }
}
