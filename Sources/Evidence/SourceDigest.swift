public import Foundation

/// One digest for files and folders of a checkout, which anybody can work out again without this program.
///
/// It is that of what `find PATHS -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` prints first when run in
/// the base folder. `__pycache__` is left out.
public enum SourceDigest {
    /// What configures the guests, below a profile's folder: a change of any of these is another lab.
    public static let provisioning = ["plays", "inventory", "ansible.cfg", "app"]
    /// What runs the drills, below the checkout.
    public static let harness = ["Package.swift", "Sources"]

    /// The digest, 64 lower-case hexadecimal digits.
    ///
    /// - Parameters:
    ///   - paths: files and folders, as they are called from the base folder.
    ///   - base: the folder that the paths start from.
    /// - Throws: ``EvidenceError`` with code `unreadable` when one of the paths is not there or cannot be read.
    public static func of(_ paths: [String], in base: String) throws -> String {
        let files = try Set(paths.flatMap { try Self.files(at: $0, in: base) })
        return of(
            Dictionary(uniqueKeysWithValues: try files.map { ($0, of(content: try content($0, in: base))) }))
    }

    /// The same digest for files that were read already: their own digests by their paths.
    public static func of(_ digests: [String: String]) -> String {
        let lines = digests.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { path, digest in "\(digest)  \(path)\n" }
        return of(content: Data(lines.joined().utf8))
    }

    /// SHA-256 of one file's content, 64 lower-case hexadecimal digits.
    public static func of(content: Data) -> String { SHA256Hex.of(content) }

    /// The regular files at a path, as they are called from the base folder.
    private static func files(at path: String, in base: String) throws -> [String] {
        guard Files.isFolder(URL(filePath: "\(base)/\(path)")) else { return [path] }
        return try Files.regularFiles(below: "\(base)/\(path)")
            .map { String($0.dropFirst(base.count + 1)) }
            .filter { !$0.split(separator: "/").contains("__pycache__") }
    }

    private static func content(_ path: String, in base: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: "\(base)/\(path)"), options: .alwaysMapped)
        } catch {
            throw EvidenceError(.unreadable, "cannot read \(base)/\(path): \(error.localizedDescription)")
        }
    }
}
