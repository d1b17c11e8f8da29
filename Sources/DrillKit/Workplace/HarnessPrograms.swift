import Foundation

/// Programs of this package that run inside a sandbox, beside the machines: built next to the harness itself.
enum HarnessPrograms {
    /// The client that the ledger's writes come from.
    static let ledgerClient = "ledger-client"

    /// Where such a program stands inside a sandbox's namespace.
    static func inside(_ name: String) -> String { "/harness/\(name)" }

    /// Those that have been built: where each stands inside, with its file on this host.
    static var built: [String: String] {
        let files = [ledgerClient].map { ($0, folder.appending(path: $0).path) }
        return Dictionary(
            uniqueKeysWithValues: files.filter { FileManager.default.isExecutableFile(atPath: $0.1) }
                .map { (inside($0.0), $0.1) })
    }

    /// Refuses to go on without a program.
    ///
    /// - Throws: ``DrillError`` when it has not been built.
    static func need(_ name: String) throws {
        guard built[inside(name)] == nil else { return }
        throw DrillError(
            "the program \(name) has not been built", lastSeen: "looked in \(folder.path)",
            next: "run `swift build`, or `make build`")
    }

    /// The folder of the program that runs now.
    private static var folder: URL {
        let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return program.resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
