import Boundary
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The stage of the hostile suite: a host of its own, with prod on the other end of its only cable.
///
/// Nothing of it outlives the namespaces, and nothing that is done in it can leave them: the cable's other end is
/// held by a process of the arena.
enum Arena {
    /// The operator's file that is left open where descriptors are handed on.
    static let leaked = "/root/.vault-token"
    /// Where a server of the sandbox answers the harness.
    static let forward = "/run/forward.sock"

    /// Turns the calling process into one of that host.
    ///
    /// - Throws: when it is not alone in a network without interfaces, or the stage could not be set.
    static func enter() async throws {
        let interfaces = try FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")
        let others = try String(contentsOfFile: "/proc/net/dev", encoding: .utf8)
            .split(separator: "\n").dropFirst(2).filter { !$0.contains(" lo:") && !$0.hasPrefix("lo:") }
        // Never on a network that leads anywhere, whoever starts this by hand.
        guard getpid() == 1, others.isEmpty else {
            throw ArenaError("not alone: pid \(getpid()), interfaces \(interfaces) \(others)")
        }
        takeTerminal()
        try await run("root", World.root)
        chdir("/")
        try World.python.write(toFile: "/run/world.py", atomically: true, encoding: .utf8)
        try await run("network", World.network)
        try await run("host", World.host)
        for (name, value) in World.variables { setenv(name, value, 1) }
    }

    private static func run(_ part: String, _ script: String) async throws {
        let result = try await HostCommand.run(
            ["/bin/sh", "-eu", "-c", script], deadline: .seconds(60))
        guard result.succeeded else { throw ArenaError("\(part): \(result.errorText)") }
    }

    /// Gets a terminal of its own to be controlled by, as a person's shell has.
    private static func takeTerminal() {
        setsid()
        var (near, far): (Int32, Int32) = (-1, -1)
        guard openpty(&near, &far, nil, nil, nil) == 0 else { return }
        _ = ioctl(far, UInt(TIOCSCTTY), 0)
    }
}

/// Why the stage could not be set.
struct ArenaError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = "the arena: " + description }
}
