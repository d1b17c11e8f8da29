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

/// A long-lived process inside a namespace (a machine, a disk server, a forward).
///
/// It ends with `kill`, `terminate`, its namespace, or by itself; dropping this value does not end it.
public final class NamespaceProcess: Sendable {
    /// The program's name, for messages.
    public let name: String
    /// The host's pid of the `nsenter` that leads the process group.
    public let processID: Int32
    private let ending: Ending
    private let log: String

    private init(name: String, processID: Int32, ending: Ending, log: String) {
        self.name = name
        self.processID = processID
        self.ending = ending
        self.log = log
    }

    /// The exit status once it has ended (128 plus the signal's number when a signal ended it), else nil.
    public var exit: Int32? { ending.status }

    /// The last non-empty line of its log, where its sandbox still has one: what an error message should quote.
    public var lastWords: String { HostFiles.text(log).flatMap(LastWords.of) ?? "nothing" }

    /// The host's pid of the program itself, below `nsenter`; nil before it has started and after its end.
    public var commandProcessID: Int32? {
        exit == nil ? HostFiles.firstChild(of: processID) : nil
    }

    /// Waits for its end and returns the status as in `exit`; nil when the waiting task is cancelled first.
    public func waitForExit() async -> Int32? { await ending.wait() }

    /// Stops it where it is: from now on it does nothing, until it is killed or goes on.
    public func freeze() {
        guard let program = commandProcessID else { return }
        ProcessLeader.send(SIGSTOP, to: program)
    }

    /// Has it go on after ``freeze()``.
    public func goOn() {
        if let program = commandProcessID { ProcessLeader.send(SIGCONT, to: program) }
        thaw()
    }

    /// Has what brought it into the namespace go on, which stopped with it: what is stopped reaps nothing.
    func thaw() {
        guard exit == nil else { return }
        ProcessLeader.send(SIGCONT, to: processID)
    }

    /// Sends SIGKILL to it and its process group and waits until the kernel has taken it.
    ///
    /// It waits even when the calling task is cancelled: after it, files, locks and sockets are let go.
    public func kill() async {
        guard exit == nil else { return }
        ProcessLeader.kill(processID)
        _ = await ending.wait(atMost: .seconds(2))
        // What it forked is left in its group, and keeps the group's number from being given to others.
        ProcessLeader.send(SIGKILL, to: -processID)
        _ = await ending.wait(atMost: .seconds(30))
    }

    /// Asks with SIGTERM, waits at most `grace`, then kills.
    public func terminate(grace: Duration = .seconds(5)) async {
        guard exit == nil, let program = commandProcessID else { return await kill() }
        ProcessLeader.send(SIGTERM, to: program)
        if await !ending.wait(atMost: grace) { await kill() }
    }

    /// Starts a host command whose two output streams go to the file `log` (appended, mode 0600).
    static func start(
        name: String, _ command: [String], environment: [String: String], log: String
    ) async throws -> NamespaceProcess {
        let descriptor = try HostFiles.openLog(log)
        let ending = Ending()
        let (starts, started) = AsyncStream<Int32>.makeStream()
        let life = Task {
            defer { started.finish() }
            do {
                let result = try await Subprocess.run(
                    HostCommand.configuration(command, environment), input: .none,
                    output: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
                    error: .combinedWithOutput
                ) { started.yield($0.processIdentifier.value) }
                ending.end(result.terminationStatus.shellStatus)
            } catch {
                ending.end(127)
                throw error
            }
        }
        for await processID in starts {
            return NamespaceProcess(name: name, processID: processID, ending: ending, log: log)
        }
        if Task.isCancelled {
            life.cancel()
            throw CancellationError()
        }
        let reason: String
        do {
            try await life.value
            reason = "it never ran"
        } catch { reason = "\(error)" }
        throw BoundaryError.notStarted(command: name, reason: reason)
    }
}
