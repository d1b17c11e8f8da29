import Evidence
import Foundation

/// What a commit has of the things that verdicts are about.
extension Repository {
    /// Digests of what is compared commit by commit; git's own ids stand for the contents.
    func materials(at commit: String, profile: String) throws(GateError) -> [Material: String] {
        let files = try files(at: commit)
        var materials: [Material: String] = [:]
        for material in Material.allCases where material.subject == nil {
            let own = files.filter { material.holds($0.path, profile: profile) }
            let ids = own.map { ($0.path, "\($0.mode) \($0.id)") }
            materials[material] = SourceDigest.of(Dictionary(ids) { first, _ in first })
        }
        return materials
    }

    /// Digests as statements have them, of a profile's files.
    func subjects(at commit: String, profile: String) throws(GateError) -> [Material: String] {
        let folder = "Fixtures/\(profile)/"
        var digests: [String: String] = [:]
        // As drills leave out what is no regular file.
        for file in try files(at: commit)
        where Material.plays.holds(file.path, profile: profile) && file.mode.hasPrefix("100") {
            digests[String(file.path.dropFirst(folder.count))] = SourceDigest.of(
                content: try git("cat-file", "blob", file.id))
        }
        let parity = try contents("\(folder)parity.yml", at: commit)
        return [
            .plays: SourceDigest.of(digests), .parity: parity.map { SourceDigest.of(content: $0) } ?? "none",
        ]
    }

    private func files(at commit: String) throws(GateError) -> [(path: String, mode: Substring, id: String)] {
        try git("ls-tree", "-r", "-z", "--full-tree", commit).split(separator: 0).compactMap { entry in
            // MODE TYPE ID<tab>PATH
            let parts = String(decoding: entry, as: UTF8.self).split(separator: "\t", maxSplits: 1)
            let fields = parts.first?.split(separator: " ") ?? []
            guard parts.count == 2, fields.count == 3 else { return nil }
            return (String(parts[1]), fields[0], String(fields[2]))
        }
    }
}
