import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Machines

/// Looks for secrets in evidence.
struct Secrets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look for secrets in evidence, where none may be.",
        discussion: """
            Reads every file of the latest run, or all that is named, and looks for each secret of every \
            checkpoint in the cache, as it is and in base64, hexadecimal, percent-encoded or escaped, and for \
            whatever looks like one: private keys, Vault tokens, shares, passwords, Authorization headers. \
            Then sees that the safes of checkpoints and of sandboxes lie 0600 under 0700. No secret is ever \
            printed.

            Exits 0 when nothing is found, 1 when something is, 2 when there is nothing to read or no \
            checkpoint whose secrets are known.

            Examples:
              $ drillctl secrets
              $ drillctl secrets evidence trace.txt
            """)

    @Argument(help: "Files and folders, if not the latest run.") var paths: [String] = []

    func run() throws {
        let cache = try Cache.standard()
        let checkpoints = try cache.list()
            .filter { $0.kind == "checkpoint" && [.ready, .inUse].contains($0.state) }
            .map { SafeKeeping(folder: "\($0.path)/safe") }
        guard !checkpoints.isEmpty else {
            throw DrillError(
                "there is no checkpoint in \(cache.root), so no secret is known that could be looked for",
                next: "drillctl checkpoint")
        }
        let secrets = try checkpoints.map { try $0.secrets() }
        let scan = SecretScan(knowing: try secrets.reduce(Redactor.none) { try $0.adding($1) })
        var (files, found, empty) = (0, [String](), [String]())
        // A link that is named, such as evidence/latest, is meant for what it leads to.
        let places =
            paths.isEmpty
            ? [try Verdicts.store.runFolder()] : paths.map { URL(filePath: $0).resolvingSymlinksInPath() }
        for place in places {
            let (count, findings) = try scan.findings(at: place)
            if count == 0 { empty.append(place.path) }
            files += count
            found += findings.map(\.description)
        }
        found +=
            try checkpoints.flatMap { try $0.troubles() } + Self.sandboxes().flatMap { try $0.troubles() }
        for line in found { answer(line) }
        guard empty.isEmpty || !found.isEmpty else {
            throw DrillError(
                "there is no file to look into in \(empty.joined(separator: ", "))",
                next: "name a run's folder or files")
        }
        let values = Set(secrets.flatMap(\.values)).count
        answer(
            "\(counted(files, "file", "files")), \(counted(values, "secret", "secrets")) of "
                + "\(counted(checkpoints.count, "checkpoint", "checkpoints")): \(counted(found.count, "finding", "findings"))"
        )
        if !found.isEmpty { throw ExitStatus.no }
    }

    /// The safes of sandboxes, living or left behind: the sandbox's own and the operator's.
    private static func sandboxes() throws -> [SafeKeeping] {
        let runs = try RunFolders.open()
        return runs.sandboxes.flatMap { id in
            ["safe", "operator-safe"].map { "\(runs.folder(of: id))/\($0)" }
        }.filter { FileManager.default.fileExists(atPath: $0) }.map { SafeKeeping(folder: $0) }
    }
}
