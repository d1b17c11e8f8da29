import Evidence
import Foundation

/// The git repository that a change is in, read with git and never written.
struct Repository {
    /// Its top folder.
    let path: String

    /// Finds the repository around a folder.
    init(around folder: String) throws(GateError) {
        let top = try Repository.git(["-C", folder, "rev-parse", "--show-toplevel"], in: folder)
        path = String(decoding: top, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// The id of the commit that a revision names.
    func commit(_ revision: String) throws(GateError) -> String {
        do throws(GateError) {
            let id = try git("rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}")
            return String(decoding: id, as: UTF8.self).trimmingCharacters(in: .newlines)
        } catch {
            throw GateError(
                "there is no commit \(revision) in \(path); fetch it (in CI with the whole history) or name another"
            )
        }
    }

    /// The text of a file at a commit; nil where there is no such file.
    func text(_ file: String, at commit: String) throws(GateError) -> String? {
        try contents(file, at: commit).map { String(decoding: $0, as: UTF8.self) }
    }

    func contents(_ file: String, at commit: String) throws(GateError) -> Data? {
        guard try !git("ls-tree", "--full-tree", commit, "--", file).isEmpty else { return nil }
        return try git("cat-file", "blob", "\(commit):\(file)")
    }

    /// The names of the files in a folder at a commit.
    func names(in folder: String, at commit: String) throws(GateError) -> [String] {
        let listing = try git("ls-tree", "--full-tree", "--name-only", "-z", commit, "--", folder + "/")
        return listing.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What differs between two commits.
    ///
    /// Whatever git is set to, here renames are a deletion and an addition, so that all of a file is seen.
    func change(from base: String, to head: String) throws(GateError) -> Change {
        let diff = try git(
            "-c", "core.quotePath=true", "diff", "--no-ext-diff", "--no-textconv", "--no-color",
            "--no-renames",
            "--full-index", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=none", "-U0", base,
            head,
            "--")
        return try Change(diff: String(decoding: diff, as: UTF8.self))
    }

    /// The digest by which a person names what he decided on: these files, as a commit has them.
    func digest(of files: [String], at commit: String) throws(GateError) -> String {
        var digests: [String: String] = [:]
        for file in files {
            digests[file] = try contents(file, at: commit).map { SourceDigest.of(content: $0) } ?? "deleted"
        }
        return SourceDigest.of(digests)
    }

    func git(_ arguments: String...) throws(GateError) -> Data {
        try Self.git(["-C", path] + arguments, in: path)
    }

    private static func git(_ arguments: [String], in folder: String) throws(GateError) -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1"]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (
            output, errors, FileHandle.nullDevice
        )
        do {
            try process.run()
        } catch {
            throw GateError("git cannot be run: \(error.localizedDescription); install it")
        }
        // What git complains of is short; its answer may be long, and is read before its end is waited for.
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words =
                said.split(separator: "\n").first.map(String.init) ?? "status \(process.terminationStatus)"
            throw GateError(
                "git \(arguments.first { !$0.hasPrefix("-") && $0 != folder } ?? "") failed in \(folder): \(words)"
            )
        }
        return data
    }
}
