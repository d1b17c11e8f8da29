import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built `drillctl`, or another program of this package, run as a person runs it.
struct Program {
    /// What it left behind.
    struct Ending {
        var exit: Int32
        var out: String
        var err: String
    }

    /// A folder of its own for sandboxes, caches and evidence, so that nothing of this host is seen.
    let scratch: String
    /// Variables on top of a made environment.
    var environment: [String: String] = [:]
    /// A program and its options that it is run by, by their absolute paths; none for itself.
    var wrapper: [String] = []
    /// The program itself.
    var path = Program.path(of: "drillctl")
    /// The working directory; nil for the checkout.
    var folder: String?

    init() throws {
        scratch = "/tmp/ctl-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try FileManager.default.createDirectory(
            atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func remove() { try? FileManager.default.removeItem(atPath: scratch) }

    static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// A program beside the test bundle, in the products' folder.
    static func path(of name: String) -> String {
        let arguments = CommandLine.arguments.first ?? ""
        return URL(filePath: Bundle.main.executablePath ?? arguments).deletingLastPathComponent()
            .appending(path: name).path
    }

    func run(_ arguments: [String]) async throws -> Ending {
        var variables = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": scratch, "DRILL_RUNS": "\(scratch)/r",
            "DRILL_CACHE": "\(scratch)/cache", "DRILL_EVIDENCE": "\(scratch)/evidence", "COLUMNS": "80",
        ]
        variables.merge(environment) { $1 }
        let command = wrapper + [path] + arguments
        let ended = try await Subprocess.run(
            .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(folder ?? Self.checkout), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        let exit: Int32 =
            switch ended.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        // What differs from run to run stands for itself.
        func plain(_ text: String) -> String { text.replacing(scratch, with: "SCRATCH") }
        return Ending(exit: exit, out: plain(ended.standardOutput), err: plain(ended.standardError))
    }
}
