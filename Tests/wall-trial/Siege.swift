import Boundary
import Foundation
import Operator
import Runbooks

/// All attempts at one wall.
struct Siege {
    let wall: Wall
    /// A folder of the arena's own.
    let folder: String

    /// Where prod's addresses are not refused by value, nothing is prod.
    private var prod: ProdAddresses { wall.has(.addresses) ? .lab : ProdAddresses.none }

    /// What each attempt's program said.
    func outcomes(of attempts: [Attempt]) async throws -> [String: String] {
        let home = folder + "/home"
        for folder in [home, folder + "/shared"] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        var said: [String: String] = [:]
        let namespace = try await Namespace.open(layout("main", hosts: ["pi1": "10.77.0.1"]))
        var steps = Batch()
        var inside = Batch()
        for attempt in attempts {
            switch attempt.means {
            case .step(let script): steps.add(attempt.id, script)
            case .inside(let script): inside.add(attempt.id, script)
            case .inventory(let host, let script):
                let file = "\(folder)/hosts.yml"
                try "all:\n  hosts:\n    shop: {ansible_host: \(host)}\n".write(
                    toFile: file, atomically: true, encoding: .utf8)
                if let refusal = refusal({ try Inventory.check(path: file, prod: prod) }) {
                    said[attempt.id] = refusal
                } else {
                    inside.add(attempt.id, script)
                }
            case .shared(let script, let use): said[attempt.id] = await shared(script, use, in: namespace)
            case .request(let url): said[attempt.id] = text(await HTTPClient.withoutSocket(url, wall: wall))
            case .redirect: said[attempt.id] = await answer(of: "http://pi1", "/redirect", prod: .lab)
            case .client(let base): said[attempt.id] = await answer(of: base, "/", prod: prod)
            case .name(let address, let script): said[attempt.id] = await lab(with: address, script)
            }
        }
        said.merge(try await followed(steps, in: namespace, home: home)) { $1 }
        said.merge(
            try await besideTheOperator(in: namespace, home: home) { try await inside.run(in: namespace) }
        ) {
            $1
        }
        await namespace.close()
        return said
    }

    private func layout(_ name: String, hosts: [String: String]) -> NamespaceLayout {
        // A sandbox without a network of its own may not make interfaces in the one that it shares.
        let segment = """
            ip link set lo up
            ip link add br0 type bridge
            ip address add 10.77.0.254/24 dev br0
            ip link set br0 up
            """
        var layout = NamespaceLayout(
            id: "s-\(name)", mounts: [Mount(source: "\(folder)/shared", target: "/shared", writable: true)],
            hosts: hosts, startup: wall.has(.network) ? segment : "true",
            statusFolder: "\(folder)/\(name)", prod: prod)
        layout.wall = wall
        return layout
    }

    /// A runbook's section of one step, followed as a drill follows it.
    private func followed(
        _ batch: Batch, in namespace: Namespace, home: String
    ) async throws -> [String: String] {
        try batch.script.write(toFile: home + "/attempts.sh", atomically: true, encoding: .utf8)
        let runbook = try Runbook(
            text: "# Attempts\n\n- [AGENT] Try.\n\n  ```sh\n  bash /home/operator/attempts.sh\n  ```\n",
            name: "CLUSTER_RECOVERY.md")
        let human = try SimulatedHuman(table: .empty, secrets: [:])
        let launch = try ShellLaunch(
            in: namespace, root: OperatorRoot(home: home), folder: folder + "/steps")
        let outcome = try await OperatorShell.with(launch) { shell in
            await SectionFollower.follow(
                runbook.sections[0], in: shell, human: human, bindings: [:], stepDeadline: .seconds(240))
        }
        guard outcome.message == nil, let step = outcome.steps.first else {
            throw ArenaError("the steps: \(outcome.message ?? "none") \(outcome.steps.map(\.stderr))")
        }
        return Batch.outcomes(in: step.stdout)
    }

    /// Does something while a command of the operator runs.
    private func besideTheOperator<Result>(
        in namespace: Namespace, home: String, _ body: () async throws -> Result
    ) async throws -> Result {
        let work = namespace.operatorCommand(
            OperatorRoot(home: home), ["/bin/sh", "-c", "touch ~/at-work; exec sleep 240"])
        let operatorAtWork = Task { _ = try await HostCommand.run(work, deadline: .seconds(240)) }
        defer { operatorAtWork.cancel() }
        try await eventually("the operator is at work", within: .seconds(20)) {
            FileManager.default.fileExists(atPath: home + "/at-work") ? true : nil
        }
        return try await body()
    }

    /// A lab in which a name leads to the address.
    private func lab(with address: String, _ script: String) async -> String {
        do {
            let namespace = try await Namespace.open(layout("named", hosts: ["shop.lab": address]))
            let result = try await namespace.run(["bash", "-c", script + " 2>&1"], deadline: .seconds(30))
            await namespace.close()
            return result.text
        } catch {
            return "\(error)"
        }
    }

    func answer(
        of base: String, _ path: String, prod: ProdAddresses, through socket: String = Arena.forward
    ) async -> String {
        do {
            let client = try HTTPClient(socket: socket, base: base, prod: prod, wall: wall)
            return try await client.send("GET", path).text
        } catch {
            return "\(error)"
        }
    }

    private func text(_ result: Result<HTTPResponse, HTTPError>) -> String {
        switch result {
        case .success(let response): response.text
        case .failure(let error): error.description
        }
    }

    private func refusal(_ check: () throws -> Void) -> String? {
        do {
            try check()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
