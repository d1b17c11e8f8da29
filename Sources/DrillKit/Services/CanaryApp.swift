import Boundary
import Foundation
import Machines

/// The canary: an app as the lab's are, with rows in the database, uploads on the volume, and a database password
/// that Vault leases to it.
public struct CanaryApp: Sendable {
    /// The name that moves with it, and its address on the sandbox's segment.
    static let name = "app"
    static let address = "10.77.0.10"
    static let port = 8443

    private let sandbox: Sandbox
    private let client: HTTPClient

    init(in sandbox: Sandbox) throws {
        self.sandbox = sandbox
        client = try HTTPClient(
            socket: sandbox.socket(of: Self.name, port: Self.port), base: "https://\(Self.name):\(Self.port)",
            authority: "\(sandbox.safe)/ca.pem")
    }

    /// What the app says of itself: each part that it needs, `ok` or what is wrong with it.
    ///
    /// - Throws: `HTTPError` when it does not answer.
    func health() async throws -> [String: String] {
        let answer = try await client.send("GET", "/healthz", deadline: .seconds(8))
        return (try? JSONDecoder().decode([String: String].self, from: Data(answer.body))) ?? [:]
    }

    /// Waits until the app works with everything that it needs.
    func becomesHealthy(within deadline: Duration) async throws {
        try await eventually("the app is healthy", within: deadline, every: .guestPace) {
            let said = try await health()
            guard !said.isEmpty, said.values.allSatisfy({ $0 == "ok" }) else {
                throw NotYet(said.inOneLine)
            }
        }
    }

    /// Gives the app's agent on a machine the way into Vault that it waits for: a secret-id from the safe.
    func admit(on machine: String) async throws {
        let id = try SharedPath("\(sandbox.safe)/canary_secret_id").text()
        try await sandbox.machine(machine).mustRun(
            ["install", "-m", "0600", "-o", "canary", "-g", "canary", "/dev/stdin", "/run/canary/secret_id"],
            input: id, failing: "it did not take the app's secret-id")
    }
}
