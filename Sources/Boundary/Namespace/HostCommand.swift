import Subprocess

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs programs with a made environment, a deadline and bounded output.
///
/// Everything it starts leads its own process group, and that whole group is killed at the deadline or when
/// the calling task is cancelled.
public enum HostCommand {
    /// Runs a program of the host (image building, cache upkeep) to its end.
    ///
    /// - Parameters:
    ///   - command: The absolute path or a name on the made PATH, and its arguments; no secrets, since others
    ///     can read them.
    ///   - environment: Variables on top of `CleanEnvironment`.
    ///   - input: Its standard input; nil is end of file at once.
    ///   - deadline: After this the whole process group is killed.
    ///   - outputLimit: Bytes kept of each of the two streams; the rest is read and thrown away.
    /// - Throws: `BoundaryError.notStarted`, `BoundaryError.deadline`, or `CancellationError`.
    public static func run(
        _ command: [String], environment: [String: String] = [:], input: [UInt8]? = nil,
        deadline: Duration, outputLimit: Int = 1 << 20
    ) async throws -> CommandResult {
        try await run(
            command, title: command, environment: environment, input: input, deadline: deadline,
            outputLimit: outputLimit)
    }

    /// The same, with the command that errors quote: a caller knows his own command, not what enters for it.
    static func run(
        _ command: [String], title: [String], environment: [String: String], input: [UInt8]?,
        deadline: Duration, outputLimit: Int, wall: Wall = .whole
    ) async throws -> CommandResult {
        let title = String(title.joined(separator: " ").prefix(200))
        ignoreBrokenPipes()
        let clock = ContinuousClock()
        let start = clock.now
        let finished = FinishedCommand()
        let group = RunningGroup()
        let inTime: Void? = try await withDeadline(deadline) {
            do {
                defer { group.ended() }
                let result = try await withTaskCancellationHandler {
                    try await Subprocess.run(
                        configuration(command, environment, wall: wall), input: .inputWriter,
                        output: .sequence,
                        error: .sequence
                    ) { execution in
                        group.began(execution.processIdentifier.value)
                        return try await exchange(execution, input: input, limit: outputLimit)
                    }
                } onCancel: {
                    group.kill()
                }
                let (stdout, stderr) = result.closureResult
                finished.note(
                    CommandResult(
                        exit: result.terminationStatus.shellStatus, stdout: stdout.bytes,
                        stderr: stderr.bytes,
                        seconds: (clock.now - start) / .seconds(1),
                        truncated: stdout.truncated || stderr.truncated))
            } catch let error as SubprocessError {
                throw BoundaryError.notStarted(command: title, reason: "\(error)")
            }
        }
        try Task.checkCancellation()
        guard let result = finished.result else { throw CancellationError() }
        if inTime == nil {
            throw BoundaryError.deadline(
                command: title, after: deadline, partial: result)
        }
        return result
    }

    /// A command with the made environment, in a session of its own: it leads its process group, and has no terminal, so that
    /// nothing it starts can write to the operator's screen or type into his shell (ioctl_tty(2), TIOCSTI).
    static func configuration(
        _ command: [String], _ environment: [String: String], grace: Duration = .seconds(5),
        wall: Wall = .whole
    ) -> Configuration {
        let command = wall.starting(command)
        var options = PlatformOptions()
        if wall.has(.terminal) { options.createSession = true } else { options.processGroupID = 0 }
        // The library's own way to end a cancelled process kills the leader first (see `ProcessLeader`). Signal 0
        // does nothing: it only gives our way its time before the library falls back on that.
        options.teardownSequence = [
            .send(signal: Signal(rawValue: 0), toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        let name = command.first ?? ""
        return Configuration(
            executable: name.contains("/") ? .path(FilePath(name)) : .name(name),
            arguments: Arguments(Array(command.dropFirst())),
            environment: CleanEnvironment.exactly(CleanEnvironment.values(environment), wall),
            platformOptions: options)
    }

    /// A process that closes its input early must give us an error, not end the whole test run.
    static func ignoreBrokenPipes() { _ = brokenPipesIgnored }

    private static let brokenPipesIgnored: Bool = signal(SIGPIPE, SIG_IGN) != nil
}

extension TerminationStatus {
    /// The status as a shell gives it: 128 plus the signal's number when a signal ended the process.
    var shellStatus: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
