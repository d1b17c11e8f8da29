import Foundation

/// The computer that a run takes place on.
public struct Host: Codable, Sendable, Equatable {
    /// The operating system's name for people, such as `Debian GNU/Linux 12 (bookworm)`.
    public var system: String
    /// The kernel's name and release, such as `Linux 6.1.0-18-amd64`.
    public var kernel: String
    /// The processor's architecture, such as `x86_64`.
    public var architecture: String
    /// Processors that this process may use.
    public var cores: Int
    /// Physical memory, in bytes.
    public var memoryBytes: UInt64

    /// Describes a computer.
    public init(system: String, kernel: String, architecture: String, cores: Int, memoryBytes: UInt64) {
        self.system = system
        self.kernel = kernel
        self.architecture = architecture
        self.cores = cores
        self.memoryBytes = memoryBytes
    }

    /// This computer.
    public static var current: Host {
        let process = ProcessInfo.processInfo
        var names = utsname()
        uname(&names)
        return Host(
            system: prettyName ?? process.operatingSystemVersionString,
            kernel: text(names.sysname) + " " + text(names.release),
            architecture: text(names.machine),
            cores: process.activeProcessorCount,
            memoryBytes: process.physicalMemory)
    }

    /// What os-release(5) calls this system; nil where there is no such file.
    private static var prettyName: String? {
        guard let lines = try? String(contentsOfFile: "/etc/os-release", encoding: .utf8) else { return nil }
        return lines.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
            .map { $0.dropFirst("PRETTY_NAME=".count) }
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"'")) }
    }

    /// A C array of characters, up to its first zero.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
