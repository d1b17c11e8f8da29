import Boundary
import Foundation
import wall_trial

/// One run of `wall-trial` for all tests: every attempt without the wall, with it, and with it less each control.
actor HostileTrial {
    /// What each attempt's program said, by the coupling's name.
    struct Outcomes: Sendable {
        var withoutWall: [String: String]
        var withWall: [String: String]
        var without: [WallRule: [String: String]]
    }

    static let shared = HostileTrial()
    private var running: Task<Outcomes, any Error>?

    func outcomes() async throws -> Outcomes {
        let task = running ?? Task { try await Self.run() }
        running = task
        return try await task.value
    }

    private static func run() async throws -> Outcomes {
        let rules = WallRule.allCases
        let request = TrialRequest(
            walls: [Set(rules), []] + rules.map { [$0] },
            attempts: Coupling.all.map { Attempt(id: $0.name, means: $0.means) })
        let arena = [
            "/usr/bin/unshare", "--user", "--map-root-user", "--net", "--mount", "--ipc", "--uts", "--pid",
            "--fork", "--kill-child", "--mount-proc", "--", program,
        ]
        let result = try await HostCommand.run(
            arena, input: Array(JSONEncoder().encode(request)), deadline: .seconds(900),
            outputLimit: 64 << 20)
        guard result.succeeded else {
            throw BoundaryError.notStarted(command: "wall-trial", reason: result.errorText)
        }
        let reply = try JSONDecoder().decode(TrialReply.self, from: Data(result.stdout))
        return Outcomes(
            withoutWall: reply[0], withWall: reply[1],
            without: Dictionary(uniqueKeysWithValues: zip(rules, reply.dropFirst(2))))
    }

    /// Built beside the test bundle.
    private static var program: String {
        let bundle = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
        return bundle.deletingLastPathComponent().appending(path: "wall-trial").path
    }
}
