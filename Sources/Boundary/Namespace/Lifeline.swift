import Subprocess

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The pipe that keeps a namespace alive, and the task that holds it.
final class Lifeline: Sendable {
    /// The host's pid of the namespace's first process.
    let firstProcess: Int32
    /// The host's pid of the first process of the place where commands run.
    let place: Int32
    let ending: Ending
    private let life: Task<Void, Never>
    private let writer: StandardInputWriter

    private init(
        firstProcess: Int32, place: Int32, ending: Ending, life: Task<Void, Never>,
        writer: StandardInputWriter
    ) {
        self.firstProcess = firstProcess
        self.place = place
        self.ending = ending
        self.life = life
        self.writer = writer
    }

    /// The first process: the startup script with its output in the log, then the place where commands run.
    ///
    /// The lifeline is held in the place. With its end the first process ends, and with that everything inside.
    ///
    /// The place has processes of its own, because bwrap's own process stays in the host's root, and whoever sees that of
    /// the operator's bwrap can go through `/proc/PID/root` to the host's files. Its `/proc` is the only one there, and
    /// read-only: where the harness runs as the host's root, root inside could otherwise write the host's kernel settings.
    private static func firstProcess(_ wall: Wall) -> String {
        let place = [
            Bubblewrap.unshare, "--mount", "--pid", "--fork", "--kill-child", "--", "/bin/sh", "-euc",
        ]
        let words = wall.with(
            .processes, [place.joined(separator: " ") + " '\(ownProc); \(held)' <&0; exit"], else: [held])
        return #"/bin/sh -eu -c "$1" >&2 </dev/null || exit 1; "# + words.joined()
    }

    /// The old one is only unmounted once the new one is there: the kernel mounts one where it sees another.
    private static let ownProc =
        "mkdir /tmp/proc; mount -n -t proc -o ro,nosuid,nodev,noexec proc /tmp/proc; umount -n -R /proc; "
        + "mount -n --move /tmp/proc /proc; rmdir /tmp/proc"

    /// A word that all is done, and the lifeline.
    ///
    /// Ignoring CHLD makes the kernel reap what is orphaned, since `cat` would not.
    private static let held = "echo ready; exec env --ignore-signal=CHLD cat >/dev/null"

    /// Starts the first process and waits until its startup script has ended well.
    static func start(_ layout: NamespaceLayout, etc: MadeEtc, deadline: Duration) async throws -> Lifeline {
        let log = layout.statusFolder + "/namespace.log"
        let descriptor = try HostFiles.openLog(log)
        let command =
            ["/bin/sh", "-c", #"exec "$0" --json-status-fd 3 "$@" 3>&1"#, Bubblewrap.path]
            + Bubblewrap.sandbox(layout, etc: etc) + [
                "/bin/sh", "-c", firstProcess(layout.wall), layout.id, layout.startup,
            ]
        let ending = Ending()
        let (openings, opening) = AsyncStream<(Int32, StandardInputWriter)>.makeStream()
        // A task of its own: the lifeline must outlive the one that opens it, whose cancellation is no reason
        // to lose a sandbox that others use.
        let life = Task {
            defer { opening.finish() }
            do {
                let result = try await Subprocess.run(
                    HostCommand.configuration(command, [:], grace: .zero, wall: layout.wall),
                    input: .inputWriter,
                    output: .sequence,
                    error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
                ) { execution in
                    var said = ""
                    for try await buffer in execution.standardOutput {
                        said += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                        guard said.hasSuffix("ready\n"), let pid = childPID(in: said) else { continue }
                        opening.yield((pid, execution.standardInputWriter))
                    }
                }
                ending.end(result.terminationStatus.shellStatus)
            } catch {
                ending.end(127)
            }
        }
        let opened = try? await withDeadline(deadline) {
            for await opened in openings { return opened }
            throw CancellationError()
        }
        guard let (firstProcess, writer) = opened ?? nil,
            let place = placeID(under: firstProcess, layout.wall)
        else {
            life.cancel()
            await life.value
            try Task.checkCancellation()
            throw HostRequirements.explain(layout.id, log: HostFiles.text(log) ?? "")
        }
        return Lifeline(
            firstProcess: firstProcess, place: place, ending: ending, life: life, writer: writer)
    }

    /// The place's first process is the child of the `unshare` that made it; the startup script may have left others.
    private static func placeID(under firstProcess: Int32, _ wall: Wall) -> Int32? {
        guard wall.has(.processes) else { return firstProcess }
        return HostFiles.children(of: firstProcess).first { HostFiles.program(of: $0) == "unshare" }
            .flatMap(HostFiles.firstChild(of:))
    }

    /// Ends the namespace and waits until everything in it is gone, and tells whether it is; `thaw` has those go on
    /// that must reap what the kernel ends.
    func cut(thaw: () -> Void) async -> Bool {
        await Task { try? await self.writer.finish() }.value
        thaw()
        if await ending.wait(atMost: .seconds(10)) { return true }
        kill(firstProcess, SIGKILL)
        thaw()
        return await ending.wait(atMost: .seconds(10))
    }

    /// Ends the namespace without waiting.
    func drop() {
        let writer = writer
        Task { try? await writer.finish() }
    }

    private static func childPID(in status: String) -> Int32? {
        guard let range = status.firstRange(of: #""child-pid": "#) else { return nil }
        return Int32(status[range.upperBound...].prefix(while: \.isNumber))
    }
}
