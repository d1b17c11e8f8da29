public import Boundary
import Subprocess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// How an operator's shell is started.
public struct ShellLaunch: Sendable {
    /// The host's whole argument list that starts the shell: `OperatorShell.command(folder:)`, or that
    /// behind what enters the operator's namespaces.
    public var command: [String]
    /// A folder of the host, the shell's alone, that it sees writable at the path given to
    /// `OperatorShell.command(folder:)`; blocks and the driver's notes pass through it.
    public var folder: String
    /// The whole environment of the command's first process.
    public var environment: [String: String]
    private var wall = Wall.whole

    /// Describes a shell; nothing is started before `OperatorShell.with`.
    public init(
        command: [String], folder: String,
        environment: [String: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"]
    ) {
        self.command = command
        self.folder = folder
        self.environment = environment
    }

    /// A shell in a sandbox's network and the operator's private root, behind the wall.
    ///
    /// - Parameters:
    ///   - folder: As `folder`; it is shown at `/steps`, and made with mode 0700 where it does not exist.
    public init(in namespace: Namespace, root: OperatorRoot, folder: String) throws(OperatorError) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw OperatorError(
                "cannot make \(folder) for the operator's shell: \(String(cString: strerror(errno)))")
        }
        var root = root
        root.mounts.append(Mount(source: folder, target: "/steps", writable: true))
        let command = OperatorShell.command(folder: "/steps")
        self.init(command: namespace.operatorCommand(root, command), folder: folder)
        wall = namespace.layout.wall
    }

    /// Starts the command in a session of its own, the terminal's far end on its descriptor 9.
    ///
    /// swift-subprocess passes no descriptor above 2, so a small shell opens the terminal; it does so
    /// before `setsid`, for a session leader would make it the controlling terminal of every step.
    func configuration(terminal: String) -> Configuration {
        let opening = #"exec 9<>"$0" && exec "# + (wall.has(.terminal) ? "setsid -- " : "") + #""$@""#
        return Configuration(
            executable: .path("/bin/sh"), arguments: Arguments(["-c", opening, terminal] + command),
            environment: CleanEnvironment.exactly(environment, wall))
    }
}
