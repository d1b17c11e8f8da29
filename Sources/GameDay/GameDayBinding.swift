public import DrillKit
import Machines
import Runbooks

/// What a game day drills, by content: verdicts from before any of it changed are not this game day's.
public struct GameDayBinding: Sendable, Codable, Equatable {
    /// Digests and the commit, by what they are of.
    public var parts: [String: String]

    /// Takes parts as they are.
    public init(parts: [String: String]) { self.parts = parts }

    /// Looks at a checkout: commit, drills and harness, the map's human columns, and each profile with its runbook.
    public init(of checkout: Checkout, plan: GameDayPlan) async throws {
        var harness = CacheKey()
        for name in ["Sources", "Drills", "Scripts", "Package.swift"] {
            try harness.add(name, fileOrFolder: "\(checkout.path)/\(name)")
        }
        var map = CacheKey()
        for row in plan.rows {
            map.add(
                "\(row.profile) \(row.drill) \(row.section)",
                string: "\(row.cases) \(row.recoveryBudget.text) \(row.lossBudget.text)")
        }
        parts = [
            "commit": await Commit(of: checkout).id, "drills and harness": harness.digest,
            "RECOVERY_MAP.md": map.digest,
        ]
        for profile in plan.profiles {
            let folder = try ProfileFolder(name: profile, checkout: checkout.path)
            var key = CacheKey()
            try key.add(profile, folder: folder.path)
            parts["plays of \(profile)"] = key.digest
            parts["runbook of \(profile)"] = try CacheKey.digest(ofFile: folder.runbookPath)
        }
    }

    /// The names of what differs, sorted.
    public func differences(from other: GameDayBinding) -> [String] {
        Set(parts.keys).union(other.parts.keys).filter { parts[$0] != other.parts[$0] }.sorted()
    }
}
