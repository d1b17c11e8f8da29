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
    /// The unit that runs it.
    private static let unit = "canary"

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
    func health(within deadline: Duration = .seconds(8)) async throws -> [String: String] {
        let answer = try await client.send("GET", "/healthz", deadline: deadline)
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

    /// Waits until the app says of itself that it lacks something, its `database` or its `volume`; its words.
    func misses(_ part: String, within deadline: Duration) async throws -> String {
        try await eventually("the app misses its \(part)", within: deadline, every: .guestPace) {
            // It waits for both before it answers.
            let said = try await health(within: .seconds(60))
            guard let words = said[part], words != "ok" else { throw NotYet(said.inOneLine) }
            return words
        }
    }

    /// Waits until one machine runs the app and has its address, and no other does either; its name.
    ///
    /// Two that answer for one name would take writes from each other's clients, and neither knows of the other.
    func runsInOnePlace(within deadline: Duration) async throws -> String {
        let look = """
            ! systemctl is-active --quiet \(Self.unit) || echo app
            ip -o -4 address show to \(Self.address) | grep -q . && echo address || true
            """
        return try await eventually("the app runs in one place", within: deadline, every: .guestPace) {
            var places: [String: [String]] = [:]
            for machine in sandbox.machines.values {
                let said = try await machine.mustRun(
                    ["sh", "-c", look], failing: "nobody tells whether the app is there")
                places[machine.name] = said.split(separator: "\n").map(String.init)
            }
            let taken = places.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            guard taken.count == 1, let (name, parts) = taken.first, parts == ["app", "address"] else {
                let places = taken.map { "\($0.key) has \($0.value.joined(separator: " and "))" }
                throw NotYet(places.isEmpty ? "nowhere" : places.joined(separator: ", "))
            }
            return name
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
