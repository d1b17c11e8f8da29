import Foundation
public import Machines

/// The programs that no Debian package holds: `bao`, also as `vault`, which `make setup` puts into the cache.
public struct HostTools: Sendable {
    /// The folder with both programs.
    public let folder: String

    /// Finds the tools for a processor: this host's, or that of guests.
    ///
    /// - Throws: ``DrillError`` where they have not been set up.
    public init(cache: Cache, architecture: Architecture = .host) throws {
        let foreign = architecture == .host ? "" : "-\(architecture.rawValue)"
        folder = "\(cache.root)/tools/openbao-2.7.2\(foreign)"
        for program in ["bao", "vault"]
        where !FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)") {
            throw DrillError(
                "the program `\(program)` is missing", lastSeen: "looked in \(folder)",
                next: "run `make setup\(foreign.isEmpty ? "" : " ARM64=1")`")
        }
    }
}
