import Foundation
import Subprocess

/// What the checkout stands at: evidence of a dirty tree is worth less, and says so.
public struct Commit: Sendable {
    /// The commit's id, or "unknown" outside of a repository.
    public let id: String
    /// Whether anything differs from that commit; true where that cannot be told.
    public let dirty: Bool

    /// Asks git.
    public init(of checkout: Checkout) async {
        func git(_ arguments: String...) async -> String? {
            let result = try? await Subprocess.run(
                .name("git"), arguments: Arguments(["-C", checkout.path] + arguments),
                output: .string(limit: 1 << 20), error: .discarded)
            guard let result, result.terminationStatus.isSuccess else { return nil }
            return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        id = await git("rev-parse", "HEAD") ?? "unknown"
        // Whatever the user's own settings show him: a new file under Sources/ is a difference.
        dirty =
            await git(
                "status", "--porcelain", "--untracked-files=all", "--ignore-submodules=none"
            ).map { !$0.isEmpty } ?? true
    }
}
