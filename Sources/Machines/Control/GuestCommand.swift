import Foundation

/// How a command in a guest ended.
public struct GuestCommandResult: Sendable {
    /// The machine it ran on.
    public let machine: String
    /// The command with its arguments.
    public let command: [String]
    /// The exit status; 128 plus the signal's number if a signal ended it, as in a shell.
    public let exit: Int
    /// What it wrote to standard output, decoded as UTF-8.
    public let stdout: String
    /// What it wrote to standard error, decoded as UTF-8.
    public let stderr: String

    /// The result itself, if the command succeeded.
    ///
    /// - Throws: `GuestCommandFailure` with the end of what it said otherwise.
    @discardableResult
    public func check() throws -> GuestCommandResult {
        guard exit == 0 else { throw GuestCommandFailure(result: self) }
        return self
    }
}

/// A command in a guest that exited with other than 0.
public struct GuestCommandFailure: Error, CustomStringConvertible {
    /// How it ended.
    public let result: GuestCommandResult

    /// The machine, the command, its status and the last lines it wrote.
    public var description: String {
        let said = result.stderr.isEmpty ? result.stdout : result.stderr
        let end = said.split(separator: "\n").suffix(5).joined(separator: "\n")
        return "\(result.machine): \(result.command.joined(separator: " ")) exited \(result.exit): \(end)"
    }
}

extension GuestAgent {
    /// Runs a command as root in the guest and waits for its end.
    ///
    /// The agent can only be asked whether it has ended; asking begins after 20 ms and slows down to twice a
    /// second, so that a short command is quick and a long one costs an emulated guest little.
    ///
    /// - Parameters:
    ///   - command: The program, searched in the agent's PATH, and its arguments; no secrets in them.
    ///   - input: Its standard input; empty without.
    ///   - deadline: When it passes, or the task is cancelled, the command is killed in the guest with all of its
    ///     process group.
    public func run(
        _ command: [String], input: String? = nil, deadline: Duration
    ) async throws -> GuestCommandResult {
        try await run(command, input: input.map { Array($0.utf8) }, deadline: deadline)
    }

    /// Runs a command with raw bytes as its standard input.
    func run(
        _ command: [String], input: [UInt8]?, deadline: Duration
    ) async throws -> GuestCommandResult {
        let started = ContinuousClock.now
        let end = started + deadline
        let operation = command.joined(separator: " ")
        // `timeout` gives it a process group of its own, and kills it a few seconds after our deadline should nobody be left
        // here to do so. It exits with the command's status, or 127 where there is no such program.
        let seconds = Int((deadline / .seconds(1)).rounded(.up)) + 5
        let timed = ["-k", "2", "\(seconds)"] + command
        var arguments: [String: JSON] = [
            "path": "timeout",
            "arg": .array(timed.map { .string($0) }),
            "capture-output": true,
        ]
        if let input { arguments["input-data"] = .string(Data(input).base64EncodedString()) }
        let answer = try await execute(
            "guest-exec", .object(arguments), operation: operation, deadline: deadline)
        let pid = answer["pid"]
        do {
            var pause = Duration.milliseconds(20)
            while true {
                let left = end - .now
                guard left > .zero else {
                    throw ControlError(
                        kind: .timedOut, peer: connection.peer, operation: operation,
                        elapsed: .now - started, detail: "it was still running in the guest, and was killed")
                }
                try await Task.sleep(for: min(pause, left))
                pause = min(pause * 2, .milliseconds(500))
                let status = try await execute(
                    "guest-exec-status", ["pid": pid], operation: operation, deadline: max(left, pause))
                if status["exited"].bool == true {
                    return try result(of: command, status, after: .now - started)
                }
            }
        } catch {
            if let pid = pid.int { kill(pid) }
            throw error
        }
    }

    /// Tells the guest's systemd to switch the machine off; QEMU ends when it has.
    ///
    /// Not by `guest-shutdown`: that schedules it with logind, which a trimmed image does not have, and it
    /// never answers when it succeeds.
    public func shutDown() async throws {
        do {
            try await run(["systemctl", "--no-block", "poweroff"], deadline: .seconds(20)).check()
        } catch let error as ControlError where [.timedOut, .connectionLost].contains(error.kind) {
            // The agent itself is stopped on the way down, maybe before it could tell how it went.
        }
    }

    /// - Throws: `ControlError` where the agent cut its output off: who parses half of it is misled.
    private func result(
        of command: [String], _ status: JSON, after elapsed: Duration
    ) throws -> GuestCommandResult {
        guard status["out-truncated"].bool != true, status["err-truncated"].bool != true else {
            throw ControlError(
                kind: .malformed, peer: connection.peer, operation: command.joined(separator: " "),
                elapsed: elapsed, detail: "it wrote more than the 16 MiB that the agent keeps")
        }
        func text(_ key: String) -> String {
            let bytes = Data(base64Encoded: status[key].string ?? "") ?? Data()
            return String(decoding: bytes, as: UTF8.self)
        }
        return GuestCommandResult(
            machine: machine, command: command,
            exit: status["exitcode"].int ?? 128 + (status["signal"].int ?? 0),
            stdout: text("out-data"), stderr: text("err-data"))
    }

    /// Kills a command that nobody waits for any more, with its group; nobody waits for this either.
    private func kill(_ pid: Int) {
        try? connection.send(
            "guest-exec", ["path": "kill", "arg": ["-KILL", "--", .string("-\(pid)")]],
            id: connection.newID())
    }
}
