import Boundary
import Foundation

/// How long each step took the last time it succeeded, kept across runs.
///
/// One small file a step, replaced as a whole: processes need no lock on it, and the last one wins.
public struct Timings: Sendable {
    private let folder: String

    init(folder: String) { self.folder = folder }

    /// How long the step took last time; nil if it never ran here.
    public func last(_ step: String) -> Duration? {
        guard let data = FileManager.default.contents(atPath: path(step)),
            let seconds = Double(String(decoding: data, as: UTF8.self))
        else { return nil }
        return .seconds(seconds)
    }

    /// Remembers how long the step took; what cannot be kept is only missing from the next run's progress.
    public func record(_ step: String, _ duration: Duration) {
        try? HostFiles.makePrivateFolder(folder)
        let text = "\(duration / .seconds(1))"
        try? Data(text.utf8).write(to: URL(filePath: path(step)), options: .atomic)
    }

    private func path(_ step: String) -> String {
        let name = step.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? step
        return "\(folder)/\(name.prefix(200))"
    }
}
