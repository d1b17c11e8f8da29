/// One control of the wall, by the name that every refusal tells.
///
/// docs/isolation-boundary.md has a row for each coupling to prod that it stops.
public enum WallRule: String, Sendable, Codable, CaseIterable {
    /// The sandbox has its own network, whose only interfaces are loopback and its segment.
    case network = "no-route"
    /// Names come from a table made for the sandbox; no resolver is asked.
    case names = "made-names"
    /// Variables are made, not inherited.
    case environment = "made-environment"
    /// The root file system is made: of the host it shows `/usr` and what the sandbox was given.
    case root = "made-root"
    /// No descriptor above 2 is handed on.
    case descriptors = "no-descriptors"
    /// Whatever is started has a session of its own, without the terminal of whoever started the run.
    case terminal = "no-terminal"
    /// The host's processes cannot be seen or signalled, nor the operator's by root inside.
    case processes = "own-processes"
    /// System V queues, segments and semaphores are the sandbox's own.
    case ipc = "own-ipc"
    /// Nobody inside has a capability over anything outside or over what is mounted, and the operator has none at all.
    case privileges = "no-privileges"
    /// Prod's addresses are refused by value wherever they are read.
    case addresses = "prod-addresses"
    /// The harness opens Unix sockets only.
    case unixSockets = "unix-sockets-only"
    /// The harness follows no redirect, and one to prod is an error.
    case redirects = "no-redirects"
    /// The harness speaks http and https only.
    case schemes = "http-only"
    /// The harness follows no link in what a sandbox can write to.
    case links = "no-links"

    /// What a person reads beside an error that the rule is the reason of.
    public var explanation: String {
        "refused by the wall's rule \(rawValue) (docs/isolation-boundary.md)"
    }
}

extension WallRule {
    /// What a person reads beside a program's own complaint that looks like the rule's doing.
    public var hint: String {
        "that is how the wall's rule \(rawValue) looks from inside (docs/isolation-boundary.md)"
    }

    /// The rule behind what a program said when it failed, or nil: the kernel and the C library refuse on the
    /// wall's behalf, and do not know its name.
    ///
    /// A text that names a rule itself is taken at its word. Other words may have other reasons too: of a step in a
    /// sandbox `network`, `names`, `environment` and `terminal` are nearly always right, the others a guess.
    public static func named(by said: String) -> WallRule? {
        if let match = said.firstMatch(of: /refused by the wall's rule ([a-z-]+)/) {
            return WallRule(rawValue: String(match.1))
        }
        return kernelsWords.first { said.contains($0.words) }?.rule
    }

    private static var kernelsWords: [(words: Regex<Substring>, rule: WallRule)] {
        [
            (/Network (?:is )?unreachable|ENETUNREACH|Cannot assign requested address/, .network),
            // curl keeps the kernel's reason to itself; an address of the sandbox's may be down for any reason.
            (
                /Failed to connect to (?!10\.77\.|127\.)(?:[0-9.]+|[0-9a-f]*:[0-9a-f:.]*) port [0-9]+ after/,
                .network
            ),
            (/Device "\S+" does not exist|Cannot find device/, .network),
            (/AF=1 "\\0[^"]*".*Connection refused/, .network),
            (/Temporary failure in name resolution/, .network),
            (/Name or service not known|Could not resolve host|could not translate host name/, .names),
            (
                /(?:KUBECONFIG|SSH_AUTH_SOCK|[a-z]+_proxy): (?:unbound variable|parameter null or not set)/,
                .environment
            ),
            (
                /(?:ANSIBLE|ARGOCD|AWS|CLOUDFLARE|DOCKER|GIT|PG|VAULT|ZOHO)[A-Z_]*: (?:unbound variable|parameter null or not set)/,
                .environment
            ),
            (/\/dev\/tty: No such device or address/, .terminal),
            (/\b[0-9]+: Bad file descriptor/, .descriptors),
            (/\/proc\/[0-9a-z]+\/cmdline: No such file/, .processes),
            (/\([0-9]+\) - No such process/, .processes),
            (/(?:\/root|\/run|\/etc|\/dev\/shm)\/[^\s:'"]*'?: No such file or directory/, .root),
            (/AF=1 "\/[^"]*".*No such file or directory|Error connecting to agent: No such file/, .root),
            (/ipcs: id [0-9]+ not found/, .ipc),
            (/Operation not permitted/, .privileges),
        ]
    }
}
