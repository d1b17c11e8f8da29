import Boundary
import Subprocess
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One bash for a whole section: blocks are sourced in it one after the other, and variables persist.
///
/// A failing step ends the shell, as it would end a script. Whatever happens, what a step printed is kept.
public final class OperatorShell: Sendable {
    private let folder: String
    /// The pid on the host of the process that leads the shell's group.
    let processID: Int32
    private let writer: StandardInputWriter
    private let terminal: Terminal
    private let streams: ShellStreams
    private let over = Mutex(false)

    /// The command that is the shell; `folder` is where `ShellLaunch.folder` is seen inside.
    public static func command(folder: String) -> [String] {
        ["/bin/bash", "--noprofile", "--norc", folder + "/" + ShellDriver.name]
    }

    /// Opens a shell, lends it to `body`, and ends it and all that it started, in every outcome.
    ///
    /// - Throws: `OperatorError` where the shell does not start, with what it last said; what `body` throws.
    public static func with<Value: Sendable>(
        _ launch: ShellLaunch, _ body: (OperatorShell) async throws -> Value
    ) async throws -> Value {
        // A shell that ended must give an error to who writes to it, not end the whole test run.
        signal(SIGPIPE, SIG_IGN)
        try Self.write(ShellDriver.program, to: launch.folder + "/" + ShellDriver.name)
        let terminal = try Terminal()
        defer { terminal.end() }
        let result = try await Subprocess.run(
            launch.configuration(terminal: terminal.path), input: .inputWriter, output: .sequence,
            error: .sequence
        ) { execution in
            let shell = OperatorShell(
                folder: launch.folder, processID: execution.processIdentifier.value,
                writer: execution.standardInputWriter, terminal: terminal)
            let streams = shell.streams
            return try await withThrowingTaskGroup(of: Void.self) { readers in
                readers.addTask { await streams.drain(execution.standardOutput, into: streams.stdout) }
                readers.addTask { await streams.drain(execution.standardError, into: streams.stderr) }
                terminal.listen { if let line = streams.hear($0) { terminal.type(line) } }
                defer { shell.kill() }
                try await shell.begin(launch)
                let value = try await body(shell)
                await shell.leave()
                return value
            }
        }
        return result.closureResult
    }

    private init(folder: String, processID: Int32, writer: StandardInputWriter, terminal: Terminal) {
        self.folder = folder
        self.processID = processID
        self.writer = writer
        self.terminal = terminal
        self.streams = ShellStreams()
    }

    /// Sources a block and waits for its end, at most until the deadline.
    ///
    /// With a turn, the block runs on the terminal and the human answers what it asks there.
    func run(
        _ step: ShellStep, turn: HumanTurn? = nil, deadline: Duration,
        onAnswer: (HumanAnswer) -> Void = { _ in }
    ) async throws(OperatorError) -> ShellStepResult {
        guard !isOver else {
            throw OperatorError("the operator's shell has ended; a section needs a fresh one")
        }
        let clock = ContinuousClock()
        let start = clock.now
        DriverNotes.clear(folder)
        let padding = String(repeating: "\n", count: max(step.firstLine - 1, 0))
        try Self.write(padding + step.script + ShellDriver.lastLine, to: folder + "/" + step.file)
        streams.setTurn(turn)
        defer { streams.setTurn(nil) }
        let role = turn == nil ? "agent" : "human"
        let expected = step.expectedExits.subtracting([0]).sorted().map(String.init).joined(separator: ",")
        let end = await end(of: "\(role) 0,\(expected) \(step.file)\n", within: deadline, onAnswer: onAnswer)
        return ShellStepResult(
            end: end, notes: DriverNotes(in: folder), stdout: streams.stdout.take(),
            stderr: streams.stderr.take(), terminal: streams.terminal.take(),
            seconds: (clock.now - start) / .seconds(1))
    }

    /// Whether the shell has ended and can be given no further step.
    var isOver: Bool { over.withLock { $0 } }

    private func begin(_ launch: ShellLaunch) async throws {
        let end = await end(of: streams.nonce + "\n", within: .seconds(20), onAnswer: { _ in })
        let said = streams.stderr.take().text.suffix(2_000)
        guard end == .finished(0) else {
            if end == .cancelled { throw CancellationError() }
            throw OperatorError(
                "the operator's shell did not start (\(end)): \(launch.command.prefix(1).joined()) … said "
                    + "\"\(said)\"; run its command by hand to see why")
        }
        _ = streams.stdout.take()
        _ = streams.terminal.take()
    }

    /// Lets the shell end by itself, so that an EXIT trap of the runbook's is run.
    private func leave() async {
        guard !isOver else { return }
        _ = await end(of: nil, within: .seconds(5), onAnswer: { _ in })
    }

    /// Gives the driver a line, or end of file, and follows the signals until the step is over.
    private func end(
        of line: String?, within deadline: Duration, onAnswer: (HumanAnswer) -> Void
    ) async -> ShellStepResult.End {
        let alarm = Task {
            try await Task.sleep(for: deadline)
            streams.send(.deadline)
            kill()
            try await Task.sleep(for: .seconds(5))
            streams.send(.stuck)
        }
        defer { alarm.cancel() }
        do {
            if let line { _ = try await writer.write(line) } else { try await writer.finish() }
        } catch {}  // The shell is gone; its closed pipes say so below.
        var statuses: [Int32] = []
        var closed = 0
        var isLate = false
        for await signal in streams.signals {
            switch signal {
            case .marked(let status): statuses.append(status)
            case .closed: closed += 1
            case .answered(let answer): onAnswer(answer)
            case .deadline: isLate = true
            case .stuck: closed = 2
            }
            if statuses.count == 3, !isLate { return .finished(statuses[0]) }
            if closed == 2 {
                over.withLock { $0 = true }
                await awaitEnd()
                await terminal.drain()
                return isLate ? .deadline(deadline) : .shellEnded
            }
        }
        over.withLock { $0 = true }
        kill()
        return .cancelled
    }

    /// Waits, two seconds at most, for the end of the process whose pipes have closed.
    ///
    /// What the shell was replaced by has the terminal alone, and may have more to say there.
    private func awaitEnd() async {
        for _ in 0..<200 {
            // Looked at and not reaped, which is for whoever started it.
            var ended = siginfo_t()
            guard waitid(P_PID, id_t(processID), &ended, WEXITED | WNOHANG | WNOWAIT) == 0,
                ended.si_signo != SIGCHLD
            else { return }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Gives the shell a file; what it put in its place itself is not gone through.
    private static func write(_ text: String, to path: String) throws(OperatorError) {
        do { try SharedPath(path).replace(with: Array(text.utf8)) } catch {
            throw OperatorError("cannot write \(path) for the operator's shell: \(error)")
        }
    }

    /// Kills the shell; with its namespaces, everything in them goes.
    private func kill() {
        over.withLock { $0 = true }
        ProcessLeader.kill(processID)
    }
}
