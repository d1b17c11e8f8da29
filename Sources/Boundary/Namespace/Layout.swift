/// One file or folder of the host seen inside a namespace.
public struct Mount: Sendable, Hashable {
    /// The absolute path on the host.
    public var source: String
    /// The absolute path inside.
    public var target: String
    /// Whether processes inside may change it.
    public var writable: Bool

    /// Shows `source` of the host at `target`, read-only unless said otherwise.
    public init(source: String, target: String, writable: Bool = false) {
        self.source = source
        self.target = target
        self.writable = writable
    }

    var arguments: [String] { [writable ? "--bind" : "--ro-bind", source, target] }
}

/// What one sandbox's namespace holds.
public struct NamespaceLayout: Sendable {
    /// The sandbox's id, such as `s-4f2a`; it stands in the argument list of everything the namespace owns.
    public var id: String
    /// The host's files and folders that are seen inside, besides `/usr`.
    public var mounts: [Mount]
    /// Names and their IPv4 addresses: all that `/etc/hosts` inside knows besides localhost.
    public var hosts: [String: String]
    /// A `sh -eu` script that the first process runs (as root inside) before it turns into the lifeline.
    ///
    /// It makes the links. A non-zero exit fails `Namespace.open` with what it last said.
    public var startup: String
    /// A folder of the host for the namespace's log and its made `/etc`; created with mode 0700.
    public var statusFolder: String
    /// The name of the host as seen inside.
    public var hostname: String
    /// Prod's addresses, to none of which a name may lead.
    public var prod: ProdAddresses
    /// The controls that keep it: all of them.
    package var wall = Wall.whole

    /// Describes a namespace; nothing is made before `Namespace.open`.
    public init(
        id: String, mounts: [Mount] = [], hosts: [String: String] = [:],
        startup: String = "ip link set lo up", statusFolder: String, hostname: String = "operator",
        prod: ProdAddresses = .lab
    ) {
        self.id = id
        self.mounts = mounts
        self.hosts = hosts
        self.startup = startup
        self.statusFolder = statusFolder
        self.hostname = hostname
        self.prod = prod
    }
}

/// The private root file system of the operator's shell: read-only `/usr`, a made `/etc`, an empty `/tmp`,
/// his home and the mounts named here; nothing else of the host or of the sandbox.
public struct OperatorRoot: Sendable {
    /// The host's folder that is `/home/operator`, writable.
    public var home: String
    /// What else he sees, such as the tools at `/tools` and the lab's CA at `/etc/ssl/lab-ca.pem`.
    public var mounts: [Mount]
    /// Variables on top of `CleanEnvironment`.
    ///
    /// They stand in an argument list that other users of the host can read: a secret belongs in a file of
    /// his home (`~/.vault-token`), never here.
    public var environment: [String: String]

    /// Describes the operator's root; names are resolved by the namespace's own `hosts`.
    public init(home: String, mounts: [Mount] = [], environment: [String: String] = [:]) {
        self.home = home
        self.mounts = mounts
        self.environment = environment
    }
}
