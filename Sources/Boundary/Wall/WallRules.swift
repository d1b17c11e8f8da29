import Foundation

/// What may be seen from inside the wall; everything else fails the proof.
struct WallRules {
    /// How the kernel says that it has no route, or (with IPv6 switched off) no address, to try it from.
    static let noWayOut: Set = ["ENETUNREACH", "EADDRNOTAVAIL"]

    /// The sandbox's segment, such as `10.77.0.0/24`.
    var segment: String
    /// Names of the host's abstract sockets, which would be reachable in its network namespace.
    var hostAbstractSockets: Set<String>

    /// The mounts that a root of ours has besides those of its layout.
    private static let ownMounts = ["/", "/usr", "/proc", "/dev", "/tmp", "/run", "/var/tmp"]

    /// Holds what a probe saw against the rules.
    func judge(
        _ facts: WallProbe.Facts, vantage: String, mounts: [Mount], variables: some Sequence<String>
    ) -> [BoundaryProof.Check] {
        func check(_ name: String, _ bad: [String], _ seen: String) -> BoundaryProof.Check {
            BoundaryProof.Check(
                check: "\(vantage): \(name)", ok: bad.isEmpty,
                seen: bad.isEmpty ? seen : "must not be: " + bad.joined(separator: ", "),
                seconds: facts.seconds)
        }
        let targets = mounts.map(\.target)
        let names = Set(CleanEnvironment.base.keys).union(variables)
        let hostsOwn = Self.namespacesOfHost()
        return [
            check(
                "routes", facts.routes.filter { !mayRoute($0) },
                facts.routes.isEmpty ? "none" : facts.routes.joined(separator: ", ")),
            check(
                "connections out",
                facts.attempts.filter { !Self.noWayOut.contains($0.result) }.map {
                    "\($0.target) \($0.result)"
                },
                facts.attempts.map { "\($0.target) \($0.result)" }.joined(separator: ", ")),
            check(
                "environment", facts.environment.filter { !names.contains($0) },
                facts.environment.joined(separator: " ")),
            check(
                "mounts", facts.mounts.filter { !mayMount($0, targets) },
                facts.mounts.filter { !$0.hasPrefix("/dev/") && !$0.hasPrefix("/proc/") }.joined(
                    separator: " ")),
            check("files of the host", facts.visible, "none of those that would give prod away"),
            check("descriptors", facts.descriptors.map(String.init), "0-2"),
            check(
                "abstract sockets", facts.abstract.filter(hostAbstractSockets.contains),
                "\(facts.abstract.count), none of the host's \(hostAbstractSockets.count)"),
            check("kernel settings of the host", facts.settings, "none that can be written"),
            check("roots of other processes", facts.roots.map { "/proc/\($0)/root" }, "none but its own"),
            check(
                "namespaces", facts.namespaces.filter { hostsOwn[$0.key] == $0.value }.keys.sorted(),
                "its own: " + facts.namespaces.keys.sorted().joined(separator: " ")),
        ]
    }

    /// Loopback, the segment, and what IPv6 always has on a link and which no router ever carries on.
    private func mayRoute(_ route: String) -> Bool {
        route.hasSuffix(" dev lo") || route.hasPrefix(segment + " ") || route.hasPrefix("fe80::")
            || route.hasPrefix("ff00::/8 ")
    }

    /// Our own mounts exactly; below the layout's and below these three, what the host has mounted there.
    private func mayMount(_ path: String, _ targets: [String]) -> Bool {
        let deep = targets + ["/usr", "/proc", "/dev"]
        return Self.ownMounts.contains(path) || MadeEtc.targets.contains(path)
            || deep.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// The harness's own namespaces, by kind.
    private static func namespacesOfHost() -> [String: String] {
        var own: [String: String] = [:]
        for kind in ["user", "net", "mnt", "pid", "ipc", "uts"] {
            own[kind] = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/" + kind)
        }
        return own
    }

    /// The abstract sockets that exist where the harness runs.
    static func abstractSocketsOfHost() -> Set<String> {
        let lines = HostFiles.text("/proc/net/unix")?.split(separator: "\n") ?? []
        return Set(
            lines.compactMap { $0.split(separator: " ").last }.filter { $0.hasPrefix("@") }.map(String.init))
    }
}
