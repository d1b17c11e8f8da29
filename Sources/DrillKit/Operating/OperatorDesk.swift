public import Boundary
import Machines
import Operator

/// The operator's place in a sandbox: a home with the lab's plays, his safe, the tools, the lab's authority, and
/// nothing of the host or of the sandbox's own machinery.
public struct OperatorDesk: Sendable {
    private let home: String
    let root: OperatorRoot

    /// Where the lab's authority lies on the operator's side, as VAULT_CACERT says.
    public static let authority = "/etc/ssl/lab-ca.pem"
    private let steps: String

    /// Lays out the operator's home beside the sandbox's machines; it is laid out anew for each section.
    public init(_ lab: Lab) throws {
        let sandbox = lab.sandbox
        let safe = try OperatorSafe(sandbox)
        home = "\(sandbox.folder)/operator"
        steps = "\(sandbox.folder)/steps"
        let ssh = "\(home)/.ssh"
        let laptop = lab.offsite.disk.laptop
        for folder in [home, ssh, laptop] { try SharedPath(folder).makeFolder() }
        let configuration = Self.sshConfiguration(for: sandbox.plan.machines.map(\.name))
        try SharedPath("\(ssh)/config").replace(with: Array(configuration.utf8))
        root = OperatorRoot(
            home: home,
            mounts: [
                Mount(source: "\(sandbox.safe)/ca.pem", target: Self.authority),
                Mount(source: sandbox.tools, target: "/tools"),
                Mount(source: safe.folder, target: OperatorSafe.inside, writable: true),
                Mount(source: sandbox.plan.folder, target: "/home/operator/lab"),
                Mount(source: laptop, target: OffsiteDisk.inside),
            ],
            environment: [
                "VAULT_CACERT": Self.authority, "HOME": "/home/operator",
                "USER": "operator",
            ])
    }

    /// How the operator's shell is started, behind the wall.
    func launch(in namespace: Namespace) throws -> ShellLaunch {
        try ShellLaunch(in: namespace, root: root, folder: steps)
    }

    /// The host's argument list for any other command of the operator, an interactive `ssh pi1` for example.
    public func command(_ command: [String], in namespace: Namespace) -> [String] {
        namespace.operatorCommand(root, command)
    }

    /// One connection to a machine serves all of a section's commands: a login costs an emulated machine 1 to 5 s.
    ///
    /// One whose machine died is given up after 15 s, and the next command knocks anew. No sooner: the limit holds for each
    /// word of a login, too, and a machine that is busy recovering is not down.
    private static func sshConfiguration(for machines: [String]) -> String {
        """
        Host \(machines.joined(separator: " "))
            User pi
            IdentityFile \(OperatorSafe.inside)/operator_ed25519
            UserKnownHostsFile \(OperatorSafe.inside)/known_hosts
            StrictHostKeyChecking yes
            BatchMode yes
            ConnectTimeout 10
            ControlMaster auto
            ControlPath /tmp/ssh-%n
            ControlPersist 120
            ServerAliveInterval 5
            ServerAliveCountMax 3

        """
    }
}
