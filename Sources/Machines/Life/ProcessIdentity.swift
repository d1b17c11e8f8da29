import Foundation

/// A process that cannot be mistaken for a later one with the same pid.
public struct ProcessIdentity: Sendable, Codable, Hashable {
    /// The process id as this host sees it.
    public let pid: Int32
    /// When it started, in clock ticks since the host booted (field 22 of `/proc/PID/stat`); 0 without /proc.
    public let started: UInt64

    /// The process that has this pid now; nil if there is none, or only the remains of one (a zombie).
    public init?(of pid: Int32) {
        #if os(Linux)
            guard let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat"),
                let started = Self.started(stat: String(decoding: stat, as: UTF8.self))
            else { return nil }
            self.started = started
        #else
            guard kill(pid, 0) == 0 else { return nil }
            self.started = 0
        #endif
        self.pid = pid
    }

    /// This process.
    public static var current: ProcessIdentity? { ProcessIdentity(of: getpid()) }

    /// Whether this very process still lives.
    public var isAlive: Bool { ProcessIdentity(of: pid) == self }

    /// Kills it, if it is still the same process.
    func kill() {
        if isAlive { Foundation.kill(pid, SIGKILL) }
    }

    /// Reads the start time of a living process; its name, in parentheses, may hold anything.
    static func started(stat: String) -> UInt64? {
        guard let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[name...].split(separator: " ")
        guard fields.count > 20, fields[1] != "Z", fields[1] != "X" else { return nil }
        return UInt64(fields[20])
    }
}
