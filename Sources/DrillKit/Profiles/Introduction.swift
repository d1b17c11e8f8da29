import Boundary
import Foundation
import Machines

/// The first meeting of operator and machines: his public key goes to them, their host keys come to his safe.
///
/// Both go by the machines' own channel and not by the network, so that no key is ever trusted on first use.
struct Introduction {
    let sandbox: Sandbox

    func make() async throws {
        let keygen = try await sandbox.namespace.run(
            [
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "operator", "-f",
                "/safe/operator_ed25519",
            ],
            deadline: .seconds(20))
        guard keygen.succeeded else {
            throw DrillError("the operator's SSH key could not be made", lastSeen: keygen.lastWords)
        }
        let hosts = try await withThrowingTaskGroup(of: String.self) { group in
            for spec in sandbox.plan.machines {
                let machine = try sandbox.machine(spec.name)
                group.addTask { try await introduce(machine) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try KnownHosts(in: sandbox.safe).write(hosts)
    }

    /// Gives a machine the operator's key and returns its line of `known_hosts`.
    func introduce(_ machine: any Machine) async throws -> String {
        let key = try SharedPath("\(sandbox.safe)/operator_ed25519.pub").text()
        let script = """
            set -eu
            install -d -m 0700 -o pi -g pi /home/pi/.ssh
            install -m 0600 -o pi -g pi /dev/stdin /home/pi/.ssh/authorized_keys
            until test -s /etc/ssh/ssh_host_ed25519_key.pub; do sleep 0.2; done
            cat /etc/ssh/ssh_host_ed25519_key.pub
            """
        let met = try await machine.run(["sh", "-c", script], input: key, deadline: .seconds(60))
        let words = met.stdout.split(separator: " ")
        guard met.exit == 0, words.count >= 2 else {
            throw DrillError("\(machine.name) did not take the operator's key", lastSeen: met.stderr)
        }
        return "\(machine.name),\(machine.spec.address) \(words[0]) \(words[1])\n"
    }
}
