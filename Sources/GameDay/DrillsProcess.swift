import Foundation
import Machines
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The drills of one row, as a process group of their own whose every word goes into a log.
final class DrillsProcess: Sendable {
    private let ended = Mutex(false)
    private let command: [String]
    private let variables: [String: String]
    private let log: String
    private let began: @Sendable (ProcessIdentity) throws -> Void

    /// How long drills that were told to end may take to end their lab, before they are killed.
    private static let patience = Duration.seconds(180)

    /// Prepares drills; `began` is told of the process as soon as there is one.
    init(
        _ command: [String], variables: [String: String], log: String,
        began: @escaping @Sendable (ProcessIdentity) throws -> Void
    ) {
        self.began = began
        self.command = command
        self.variables = variables
        self.log = log
    }

    /// Whether it ran and is over, or could not be started.
    var hasEnded: Bool { ended.withLock(\.self) }

    /// Runs it to its end; cancelling sends SIGINT to the whole group, upon which the lab is torn down.
    ///
    /// SIGTERM would orphan the test process (facts/swift-testing.md, "Signals").
    func run() async throws {
        defer { ended.withLock { $0 = true } }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .interrupt, toProcessGroup: true, allowedDurationToNextStep: Self.patience)
        ]
        let output = try FileDescriptor.open(
            log, .writeOnly, options: [.create, .append],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        defer { try? output.close() }
        let environment = Environment.inherit.updating(
            Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) }))
        let program = command.first ?? ""
        _ = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(Array(command.dropFirst())),
            environment: environment,
            platformOptions: options, input: .none,
            output: .fileDescriptor(output, closeAfterSpawningProcess: false),
            error: .fileDescriptor(output, closeAfterSpawningProcess: false)
        ) { execution in
            if let identity = ProcessIdentity(of: execution.processIdentifier.value) {
                try self.began(identity)
            }
        }
    }
}
