import Foundation
import Runbooks
import Synchronization
import Testing

@testable import Operator

/// What a test needs to follow a runbook's text in a shell, and nothing of the sandbox.
struct Following {
    /// Where the shell runs.
    enum Place {
        /// A bash of this host.
        case host
        /// A bash in a pid namespace of its own.
        case bubble
    }

    var place = Place.host
    var human: SimulatedHuman?
    var bindings: [String: String] = [:]
    var deadline: Duration = .seconds(20)
    var environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]

    /// A new folder, removed afterwards.
    static func inFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = "/tmp/op-\(UInt32.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    func launch(folder: String) -> ShellLaunch {
        let bubble = [
            "/usr/bin/bwrap", "--unshare-user", "--unshare-pid", "--die-with-parent", "--ro-bind", "/", "/",
            "--proc", "/proc", "--dev", "/dev", "--bind", folder, folder, "--",
        ]
        return ShellLaunch(
            command: (place == .bubble ? bubble : []) + OperatorShell.command(folder: folder), folder: folder,
            environment: environment)
    }

    /// Follows the only section of a text; the outcome and its events.
    func callAsFunction(
        _ markdown: String, onEvent: (SectionEvent) -> Void = { _ in }
    ) async throws -> SectionOutcome {
        let section = try #require(Runbook(text: markdown, name: "CLUSTER_RECOVERY.md").sections.first)
        let human = try human ?? SimulatedHuman(table: .empty, secrets: [:])
        return try await Self.inFolder { folder in
            try await OperatorShell.with(launch(folder: folder)) { shell in
                await SectionFollower.follow(
                    section, in: shell, human: human, bindings: bindings, stepDeadline: deadline,
                    onEvent: onEvent)
            }
        }
    }
}

/// A section with one block for each script.
func runbook(_ scripts: String..., item: String = "[AGENT] Do it.") -> String {
    "# Recovery\n\nSome prose.\n\n"
        + scripts.map { "\(item)\n\n```sh\n\($0)\n```\n" }.joined(separator: "\n")
}

/// The line of the text on which the word stands.
func line(of word: String, in markdown: String) throws -> Int {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.contains(word) }) + 1
}
