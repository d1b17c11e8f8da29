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
    private let lock: String
    private let began: @Sendable (ProcessIdentity) throws -> Void

    /// How long drills that were told to end may take to end their lab, before they are killed.
    private static let patience = Duration.seconds(180)

    /// Prepares drills; `began` is told of the process as soon as there is one.
    ///
    /// - Parameter lock: a file that they hold as long as any of them lives, so that there are never two at once.
    init(
        _ command: [String], variables: [String: String], log: String, lock: String,
        began: @escaping @Sendable (ProcessIdentity) throws -> Void
    ) {
        self.began = began
        self.command = command
        self.variables = variables
        self.log = log
        self.lock = lock
    }

    /// Whether it ran and is over, or could not be started.
    var hasEnded: Bool { ended.withLock(\.self) }

    /// Runs it to its end; cancelling sends SIGINT to the whole group, upon which the lab is torn down.
    ///
    /// SIGTERM would end `swift test` alone, and orphan the test process.
    ///
    /// - Returns: How it ended, in words; nil where it ended well.
    func run() async throws -> String? {
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
        // This file is their standard input: whoever inherits it holds the lock, even if this process dies first.
        let held = try FileDescriptor.open(
            lock, .readOnly, options: [.create], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        defer { try? held.close() }
        guard flock(held.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw GameDayError(
                "drills of a game day still run, and hold \(lock)",
                next: "wait for their end, or find them with: fuser \(lock)")
        }
        let environment = Environment.inherit.updating(
            Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) }))
        let program = command.first ?? ""
        let outcome = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(Array(command.dropFirst())),
            environment: environment,
            platformOptions: options, input: .fileDescriptor(held, closeAfterSpawningProcess: false),
            output: .fileDescriptor(output, closeAfterSpawningProcess: false),
            error: .fileDescriptor(output, closeAfterSpawningProcess: false)
        ) { execution in
            if let identity = ProcessIdentity(of: execution.processIdentifier.value) {
                try self.began(identity)
            }
        }
        return outcome.terminationStatus.isSuccess ? nil : "\(outcome.terminationStatus)"
    }
}
