public import Foundation
public import Operator
public import Runbooks

/// One folder under `Fixtures/`: a profile's runbook, human, plays, inventory and parity manifest.
public struct ProfileFolder: Sendable {
    /// The profile's name.
    public let name: String
    /// The folder on this host.
    public let path: String
    /// The path of the runbook: the profile's own, or the one that CLUSTER_RECOVERY names.
    public let runbookPath: String

    /// The profile that DRILL_PROFILE names, else the fast loop's.
    public static var chosen: String {
        let named = ProcessInfo.processInfo.environment["DRILL_PROFILE"] ?? ""
        return named.isEmpty ? "lab" : named
    }

    /// Finds a profile in a checkout.
    ///
    /// - Throws: ``DrillError`` when there is no such profile, with the names of those there are.
    public init(
        name: String, checkout: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let fixtures = "\(checkout)/Fixtures"
        path = "\(fixtures)/\(name)"
        self.name = name
        guard FileManager.default.fileExists(atPath: "\(path)/inventory/sandbox/hosts.yml") else {
            throw DrillError(
                "there is no profile `\(name)` in \(fixtures)",
                lastSeen: "profiles: \(Self.names(in: checkout))", next: "name one of these")
        }
        // Never fall back to ours: a drill of another runbook than the one asked for would be a lie.
        let asked = environment["CLUSTER_RECOVERY"] ?? ""
        runbookPath = asked.isEmpty ? "\(path)/CLUSTER_RECOVERY.md" : asked
    }

    /// The names of all profiles of a checkout, sorted.
    public static func names(in checkout: String) -> [String] {
        let fixtures = "\(checkout)/Fixtures"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: fixtures)) ?? []
        return folders.sorted().filter {
            FileManager.default.fileExists(atPath: "\(fixtures)/\($0)/inventory/sandbox/hosts.yml")
        }
    }

    /// Reads the runbook.
    public func runbook() throws -> Runbook { try Runbook(contentsOf: runbookPath) }

    /// Reads the table of the simulated human.
    public func human() throws -> HumanTable {
        let file = "\(path)/human.yml"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw DrillError(
                "the human's table \(file) cannot be read", next: "restore it from the repository")
        }
        return try HumanTable(yaml: String(decoding: data, as: UTF8.self), name: "human.yml")
    }

    /// What `<placeholders>` in the runbook stand for in this profile's sandbox.
    public let bindings: [String: String] = ["first-node": "pi1", "database-node": "pi2"]
}
