/// The argument lists that make the two private root file systems.
enum Bubblewrap {
    static let path = "/usr/bin/bwrap"
    static let nsenter = "/usr/bin/nsenter"
    static let unshare = "/usr/bin/unshare"
    static let setpriv = "/usr/bin/setpriv"

    /// The arguments of the sandbox's own namespaces, up to the first process's command.
    ///
    /// `--die-with-parent` is left out on purpose: it fires when the *thread* that started the child ends, and
    /// Swift's threads come and go. The lifeline on standard input has no such trap.
    static func sandbox(_ layout: NamespaceLayout, etc: MadeEtc) -> [String] {
        let wall = layout.wall
        return wall.with(.privileges, ["--unshare-user", "--uid", "0", "--gid", "0"])
            + wall.with(.network, ["--unshare-net"])
            + wall.with(.processes, ["--as-pid-1", "--unshare-pid"])
            + wall.with(.ipc, ["--unshare-ipc"])
            + ["--unshare-uts", "--cap-add", "ALL", "--hostname", layout.hostname]
            + environment(CleanEnvironment.values(), wall)
            + root(etc, wall)
            + ["--dev-bind-try", "/dev/net/tun", "/dev/net/tun"]
            + layout.mounts.flatMap(\.arguments) + ["--remount-ro", "/", "--"]
    }

    /// The arguments of the operator's root, up to his command; it runs inside the sandbox's network.
    static func operatorRoot(_ root: OperatorRoot, etc: MadeEtc, wall: Wall) -> [String] {
        let home = Mount(source: root.home, target: "/home/operator", writable: true)
        var variables = ["HOME": home.target, "USER": "operator", "LOGNAME": "operator"]
        variables.merge(root.environment) { $1 }
        return wall.with(
            .privileges, ["--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"],
            else: ["--cap-add", "ALL"])
            + wall.with(.processes, ["--unshare-pid"]) + wall.with(.ipc, ["--unshare-ipc"])
            + ["--die-with-parent"]
            + environment(CleanEnvironment.values(variables), wall)
            + Self.root(etc, wall)
            // Where the harness runs as the host's root, the operator would otherwise own the host's kernel settings.
            + wall.with(.privileges, ["--remount-ro", "/proc"])
            + ([home] + root.mounts).flatMap(\.arguments)
            + ["--remount-ro", "/", "--chdir", home.target, "--"]
    }

    private static func environment(_ values: [String: String], _ wall: Wall) -> [String] {
        wall.with(.environment, ["--clearenv"])
            + values.sorted { $0.key < $1.key }.flatMap { ["--setenv", $0.key, $0.value] }
    }

    private static func root(_ etc: MadeEtc, _ wall: Wall) -> [String] {
        let links = [
            ("usr/bin", "/bin"), ("usr/sbin", "/sbin"), ("usr/lib", "/lib"), ("usr/lib64", "/lib64"),
        ]
        let made =
            ["--ro-bind", "/usr", "/usr"] + links.flatMap { ["--symlink", $0.0, $0.1] } + ["--dev", "/dev"]
            + ["/tmp", "/run", "/var/tmp"].flatMap { ["--tmpfs", $0] }
        return wall.with(.root, made, else: ["--dev-bind", "/", "/"])
            // A namespace that sees another's processes may not mount a /proc of its own.
            + wall.with(.processes, ["--proc", "/proc"], else: ["--ro-bind", "/proc", "/proc"])
            + etc.arguments(wall)
    }
}
