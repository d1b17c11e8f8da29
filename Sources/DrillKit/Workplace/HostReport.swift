public import Foundation
public import Machines

/// Everything that a sandbox needs from this host: what is there, and what mends the rest.
public struct HostReport: Sendable, Codable {
    /// The one command that installs and downloads all that can be.
    public static let setup = "make setup"

    /// The checks, in the order of a bring-up.
    public let checks: [HostCheck]

    /// Whether this host can hold a sandbox.
    public var isGood: Bool { !checks.contains { $0.state == .missing } }

    /// The commands that mend what is missing, each once, `make setup` first.
    public var remedies: [String] {
        var found: [String] = []
        for remedy in checks.filter({ $0.state == .missing }).compactMap(\.remedy)
        where !found.contains(remedy) {
            found.append(remedy)
        }
        return found.filter { $0 == Self.setup } + found.filter { $0 != Self.setup }
    }

    /// Looks at this host; it opens a namespace for a moment and changes nothing.
    public static func look(
        cache: Cache, runs: RunFolders, environment: [String: String] = ProcessInfo.processInfo.environment
    ) async -> HostReport {
        let host = HostLook(cache: cache, runs: runs, path: environment["PATH"] ?? "")
        return HostReport(
            checks: host.programs + [await host.namespaces(), host.tunnels, host.acceleration]
                + host.resources + [host.tools, host.checkpoint])
    }
}
