import Foundation

@testable import Boundary

/// Where a play is played from; none of them has a way to anywhere.
enum PlayPlace: String, CaseIterable, Sendable {
    /// As the lab's plays are when the lab is made.
    case sandbox
    /// As the operator plays them, following a section.
    case `operator`
    /// On a host like the operator's own, but for the network.
    case host
}

/// Runs `ansible-playbook` for real, in a folder with the lab's own guard.
struct Playing {
    /// The folder of the checkout with the lab's plays.
    static let lab = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/lab").path

    /// A name that leads to prod, for the guard to find out.
    private static let names = ["shop": "192.168.1.202"]
    /// No namespace would take such a name that knows what prod is.
    private static let nobodys = ProdAddresses(networks: [])

    /// The inventory's text.
    var inventory: String
    /// The play's tasks, as YAML; the first is the guard's unless `isGuarded` says otherwise.
    var tasks = "[{ debug: { msg: it was played } }]"
    /// More files of the folder with the play, by name.
    var files: [String: String] = [:]
    var options: [String] = []
    var variables: [String: String] = [:]
    var isGuarded = true

    /// Plays, and gives back the exit status and all that was said.
    func run(at place: PlayPlace) async throws -> (exit: Int32, said: String) {
        try await withNamespace(hosts: Self.names, prod: Self.nobodys) { namespace, status in
            let folder = "\(status)/home"
            try write(into: folder)
            let result: CommandResult
            switch place {
            case .sandbox:
                result = try await withNamespace(
                    hosts: Self.names, mounts: [Mount(source: folder, target: "/play")], prod: Self.nobodys
                ) { inner, _ in
                    try await inner.run(
                        command(in: "/play"), environment: environment, deadline: .seconds(120))
                }
            case .operator:
                let root = OperatorRoot(home: folder, environment: environment)
                result = try await HostCommand.run(
                    namespace.operatorCommand(root, command(in: "/home/operator")), deadline: .seconds(120))
            case .host:
                let hosts = "\(folder)/etc-hosts"
                try "127.0.0.1 localhost\n192.168.1.202 shop\n".write(
                    toFile: hosts, atomically: true, encoding: .utf8)
                result = try await HostCommand.run(
                    [
                        "bwrap", "--unshare-user", "--unshare-net", "--dev-bind", "/", "/", "--ro-bind",
                        hosts,
                        "/etc/hosts", "--",
                    ] + command(in: folder), environment: environment, deadline: .seconds(120))
            }
            return (result.exit, result.text + result.errorText)
        }
    }

    private var environment: [String: String] {
        variables.merging(["ANSIBLE_LOCAL_TEMP": "/tmp/ansible-\(getpid())", "ANSIBLE_NOCOLOR": "1"]) { $1 }
    }

    private func command(in folder: String) -> [String] {
        ["ansible-playbook", "-i", "\(folder)/hosts.yml", "\(folder)/play.yml"] + options
    }

    private func write(into folder: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for part in ["tasks", "action_plugins", "prod-networks.txt"] {
            try manager.copyItem(atPath: "\(Self.lab)/plays/\(part)", toPath: "\(folder)/\(part)")
        }
        let play = """
            - hosts: all
              gather_facts: false
              connection: local
              \(isGuarded ? "pre_tasks: [{ import_tasks: tasks/guard.yml, tags: always }]" : "pre_tasks: []")
              tasks: \(tasks)
            """
        for (name, text) in files.merging(
            ["hosts.yml": inventory, "play.yml": play], uniquingKeysWith: { $1 })
        {
            let path = URL(filePath: "\(folder)/\(name)")
            try manager.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: path, atomically: true, encoding: .utf8)
        }
    }
}
