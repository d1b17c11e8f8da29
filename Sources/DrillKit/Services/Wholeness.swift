import Boundary
import Foundation

/// All that must be whole again, asked side by side.
///
/// Each part is asked to the end of its own deadline, so that whoever reads of a lab that is not whole reads all that is
/// wrong with it, and not only what was asked first.
struct Wholeness: Sendable {
    /// The parts by name; what each saw, in a line.
    private let parts: [String: @Sendable () async throws -> String]

    init(_ parts: [String: @Sendable () async throws -> String]) { self.parts = parts }

    /// Waits for every part.
    ///
    /// - Returns: What was seen, by part.
    /// - Throws: ``NotWhole`` with each part that did not become whole; whatever else kept one from being asked.
    func seen() async throws -> [String: String] {
        var (seen, lacking): ([String: String], [WaitError]) = ([:], [])
        var unasked: (any Error)?
        await withTaskGroup(of: (String, Result<String, any Error>).self) { group in
            for (name, look) in parts {
                group.addTask {
                    do { return (name, .success(try await look())) } catch { return (name, .failure(error)) }
                }
            }
            for await (name, outcome) in group {
                switch outcome {
                case .success(let words): seen[name] = words
                case .failure(let error as WaitError): lacking.append(error)
                case .failure(let error): unasked = unasked ?? error
                }
            }
        }
        try Task.checkCancellation()
        guard lacking.isEmpty else { throw NotWhole(lacking) }
        if let unasked { throw unasked }
        return seen
    }
}

/// What kept a lab from being whole.
struct NotWhole: Error, CustomStringConvertible {
    let lacking: [WaitError]

    init(_ lacking: [WaitError]) { self.lacking = lacking.sorted { $0.what < $1.what } }

    /// All of it, in one line.
    var description: String { lacking.map(\.description).joined(separator: "; ") }
}
