/// Why something at the wall could not be done.
public enum BoundaryError: Error, Sendable, CustomStringConvertible {
    /// The host lacks what a namespace needs; `remedy` is the command that mends it.
    case hostLacks(what: String, remedy: String)
    /// The namespace did not come up; `seen` is what its first process last said.
    case notOpened(id: String, seen: String)
    /// The namespace has ended, so nothing runs in it any more; `log` is where its last words are.
    case closed(id: String, log: String)
    /// A program could not be started at all.
    case notStarted(command: String, reason: String)
    /// A command was stopped at its deadline; `partial` is what it had printed until then.
    case deadline(command: String, after: Duration, partial: CommandResult)
    /// A text names an address of prod, which nothing here may hold.
    case prodAddress(path: String, finding: ProdFinding)
    /// A name of a sandbox would lead to prod.
    case prodName(name: String, address: String, prod: String)
    /// A link stands where a sandbox can write: nothing is read, written or connected to through it.
    case link(path: String)
    /// What stands where a sandbox can write could not be used; `code` is the system's `errno`, 0 where it had none.
    case notShared(path: String, reason: String, code: Int32 = 0)
    /// A line of `prod-networks.txt` names no network that could be prod's.
    case badNetwork(path: String, line: Int, text: String, why: String)

    /// One line: what, where, and what to do next.
    public var description: String {
        switch self {
        case .hostLacks(let what, let remedy):
            "this host cannot hold a sandbox: \(what); mend it with: \(remedy)"
        case .notOpened(let id, let seen):
            "namespace \(id) did not open; its first process last said: \(seen.isEmpty ? "nothing" : seen)"
        case .closed(let id, let log):
            "namespace \(id) has ended; see \(log), and restore a new sandbox"
        case .notStarted(let command, let reason):
            "\(command) could not be started: \(reason)"
        case .deadline(let command, let after, let partial):
            "\(command) was stopped at its deadline of \(after); it last said: \(partial.lastWords)"
        case .prodAddress(let path, let finding):
            "\(path):\(finding.line): \(finding.token) is prod's \(finding.address); "
                + "the sandbox's inventory may name sandbox addresses only; \(WallRule.addresses.explanation)"
        case .prodName(let name, let address, let prod):
            "the name \(name) would lead to \(address), which is prod's \(prod); "
                + "give it an address of the sandbox's segment; \(WallRule.addresses.explanation)"
        case .link(let path):
            "\(path) has become a link, and it is not followed; restore a new sandbox, and look for what in this one "
                + "put it there; \(WallRule.links.explanation)"
        case .notShared(let path, let reason, _):
            "\(path), where a sandbox can write, cannot be used: \(reason)"
        case .badNetwork(let path, let line, let text, let why):
            "\(path):\(line): `\(text)` \(why)"
        }
    }
}
