import Foundation
import Testing

/// A git repository of its own, whose first commit is tagged `base`, and a folder for evidence beside it.
struct GateSite {
    private(set) var program: Program
    var repository: String { "\(program.scratch)/checkout" }

    /// Makes a repository of these files, and of copies from this checkout.
    init(_ files: [String: String], copying paths: [String]) throws {
        program = try Program()
        program.folder = "\(program.scratch)/checkout"
        program.environment = Self.plain
        try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
        for path in paths {
            let copy = "\(repository)/\(path)"
            try FileManager.default.createDirectory(
                at: URL(filePath: copy).deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(Program.checkout)/\(path)", toPath: copy)
        }
        try git("init", "--quiet")
        try commit(files)
        try git("tag", "base")
    }

    /// Writes files and commits everything.
    func commit(_ files: [String: String]) throws {
        for (path, text) in files {
            let file = URL(filePath: "\(repository)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try git("add", "--all")
        try git("commit", "--quiet", "--message", "m")
    }

    /// Runs the gate against the base.
    func gate(_ options: String..., as name: String = "drillctl") async throws -> Program.Ending {
        var program = program
        program.path = Program.path(of: name)
        let command = name == "drillctl" ? ["gate"] : []
        return try await program.run(command + ["--base", "base"] + options)
    }

    /// What git prints.
    @discardableResult
    func git(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "-C", repository] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(Self.plain) { $1 }.merging([
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@t", "GIT_AUTHOR_DATE": "2026-11-25T00:00:00Z",
            "GIT_COMMITTER_DATE": "2026-11-25T00:00:00Z",
        ]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "git \(arguments)")
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whatever git is set to on this host.
    private static let plain = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]
}
