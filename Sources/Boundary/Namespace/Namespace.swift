import Synchronization

/// One sandbox's own user, network, mount, PID, IPC and UTS namespaces, in which everything that speaks IP runs.
///
/// Its only interfaces are those that the layout's startup script makes, so there is no route out to misuse. Commands run in
/// a place of their own, with processes of its own, where those of the operator's root are not seen.
/// The first process inside reads its standard input, whose other end this process holds: the lifeline. At end
/// of file it ends and the kernel takes everything with it, also when this process dies by SIGKILL.
public final class Namespace: Sendable {
    /// The layout it was opened with.
    public let layout: NamespaceLayout
    /// The host's pid of the namespace's first process.
    public let processID: Int32
    private let lifeline: Lifeline
    private let etc: MadeEtc
    private let started = Mutex<[NamespaceProcess]>([])

    private init(layout: NamespaceLayout, lifeline: Lifeline, etc: MadeEtc) {
        self.layout = layout
        self.processID = lifeline.firstProcess
        self.lifeline = lifeline
        self.etc = etc
    }

    deinit { lifeline.drop() }

    /// Makes the namespaces, runs the startup script in them and returns when it has ended well.
    ///
    /// - Throws: `BoundaryError.hostLacks` with the command that mends the host, `.prodName` where a name would lead
    ///   to prod, or `.notOpened` with what the startup script last said.
    public static func open(
        _ layout: NamespaceLayout, deadline: Duration = .seconds(20)
    ) async throws -> Namespace {
        try HostRequirements.check()
        for (name, address) in layout.hosts.sorted(by: { $0.key < $1.key }) {
            guard let prod = layout.prod.address(in: address[...]) else { continue }
            throw BoundaryError.prodName(name: name, address: address, prod: prod)
        }
        try HostFiles.makePrivateFolder(layout.statusFolder)
        let etc = try MadeEtc(folder: layout.statusFolder + "/etc", hosts: layout.hosts)
        let lifeline = try await Lifeline.start(layout, etc: etc, deadline: deadline)
        return Namespace(layout: layout, lifeline: lifeline, etc: etc)
    }

    /// Whether the first process still runs.
    public var isOpen: Bool { lifeline.ending.status == nil }

    /// Waits until the namespace and everything in it is gone, or the waiting task is cancelled.
    public func waitUntilClosed() async { _ = await lifeline.ending.wait() }

    /// Ends the lifeline and waits until the kernel has taken everything inside.
    ///
    /// It works in a cancelled task too, so that a timed-out test can still tear down. After 10 seconds the
    /// first process is killed outright.
    ///
    /// - Returns: Whether all of it is gone; what is left after 20 seconds is for the reaper.
    @discardableResult
    public func close() async -> Bool {
        let started = started.withLock(\.self)
        return await lifeline.cut { for process in started { process.thaw() } }
    }

    /// Runs a command inside, as root of the namespace, to its end; a non-zero exit is a result.
    ///
    /// - Parameters:
    ///   - environment: Variables on top of `CleanEnvironment`; they are not part of the argument list.
    ///   - deadline: After this the command and its process group are killed.
    ///   - outputLimit: Bytes kept of each of the two streams.
    /// - Throws: `BoundaryError.deadline` with the output so far, `.notStarted`, `.closed`, or
    ///   `CancellationError`.
    public func run(
        _ command: [String], environment: [String: String] = [:], input: [UInt8]? = nil,
        deadline: Duration, outputLimit: Int = 1 << 20
    ) async throws -> CommandResult {
        try checkOpen()
        let result = try await HostCommand.run(
            entering(command), title: command, environment: environment, input: input, deadline: deadline,
            outputLimit: outputLimit, wall: layout.wall)
        if !result.succeeded { try checkOpen() }
        return result
    }

    /// Starts a long-lived process inside, whose output is appended to the host's file `log`.
    ///
    /// It returns once the process exists; wait for what it serves with `eventually`.
    public func start(
        _ command: [String], environment: [String: String] = [:], log: String
    ) async throws -> NamespaceProcess {
        try checkOpen()
        let process = try await NamespaceProcess.start(
            name: command.first ?? "", entering(command), environment: environment, log: log)
        started.withLock { $0 = $0.filter { $0.exit == nil } + [process] }
        return process
    }

    /// The host's argument list that runs a command as the operator: in his private root, in this network.
    ///
    /// It must be started with no descriptor but 0–2 open, e.g. by swift-subprocess.
    public func operatorCommand(_ root: OperatorRoot, _ command: [String]) -> [String] {
        // Without `-m`: the sources of his mounts are the host's. `--mount-proc` gives bwrap the /proc of the
        // sandbox's processes: it looks its child up there by number, and the kernel lets a nested namespace
        // mount a /proc only where it sees one that nothing covers.
        layout.wall.starting(
            enter(["-U", "-n", "-p", "-u"], of: processID)
                + layout.wall.with(.processes, [Bubblewrap.unshare, "--mount-proc", "--"]) + [Bubblewrap.path]
                + Bubblewrap.operatorRoot(root, etc: etc, wall: layout.wall) + command)
    }

    private func checkOpen() throws {
        guard !isOpen else { return }
        throw BoundaryError.closed(id: layout.id, log: layout.statusFolder + "/namespace.log")
    }

    private func entering(_ command: [String]) -> [String] {
        enter(
            ["-U", "-n", "-m", "-i", "-p", "-u"], of: lifeline.place,
            // Root inside may do what it likes with its network, and nothing to what is mounted.
            dropping: layout.wall.with(
                .privileges, ["--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"])
        ) + command
    }

    private func enter(
        _ namespaces: [String], of target: Int32, dropping privileges: [String] = []
    ) -> [String] {
        // The parent-death signal ends the program when the `nsenter` that we can see is killed. Should the
        // first process have ended and its pid be taken, `-U` fails: nobody can re-enter the host's own user
        // namespace, so a command never runs outside by mistake.
        let shared: [(WallRule, String)] = [
            (.privileges, "-U"), (.network, "-n"), (.processes, "-p"), (.ipc, "-i"),
        ]
        let entered = namespaces.filter { flag in
            shared.allSatisfy { $0.1 != flag || layout.wall.has($0.0) }
        }
        return [Bubblewrap.nsenter, "--preserve-credentials", "-t", String(target)] + entered
            + ["--", Bubblewrap.setpriv, "--pdeathsig", "KILL"] + privileges + ["--"]
    }
}
