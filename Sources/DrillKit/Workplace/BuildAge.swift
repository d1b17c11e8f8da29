import Evidence
import Foundation

/// How old the running program is beside the sources that it is said to be built from.
///
/// Its evidence names the checkout's commit; built before an edit, or before another commit was checked out, it would name code
/// that did not run.
struct BuildAge {
    /// What drills are built from, below the checkout.
    static let sources = SourceDigest.harness + ["Drills"]

    /// When the program was linked; nil where that cannot be told, and then every source is newer.
    let linked: Date?

    /// The age of the program that this process runs.
    static var own: BuildAge {
        BuildAge(linked: Bundle.main.executablePath.flatMap(modified))
    }

    /// The first source that is newer, by its path; nil where the program may be of this tree.
    func newerSource(in checkout: String) -> String? {
        let linked = linked ?? .distantPast
        return Self.sources.lazy.flatMap { files(at: "\(checkout)/\($0)") }
            .first { Self.modified($0).map { $0 > linked } ?? false }
    }

    /// The file at a path, or what is compiled of all below it.
    private func files(at path: String) -> [String] {
        let below = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        let compiled = [".swift", ".h", ".mustache", ".css"]
        return path.hasSuffix(".swift")
            ? [path]
            : below.filter { name in compiled.contains { name.hasSuffix($0) } }.map { "\(path)/\($0)" }
    }

    private static func modified(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
