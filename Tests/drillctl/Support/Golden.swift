import Foundation
import Testing

/// Compares a text word for word with the one that is kept in `Golden/NAME.txt`.
///
/// GOLDEN=write in the environment writes it anew, to be looked at in the diff.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = "\(Program.checkout)/Tests/drillctl/Golden/\(name).txt"
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
    let kept = (try? String(contentsOfFile: file, encoding: .utf8)) ?? "(there is no \(file))"
    #expect(text == kept, sourceLocation: sourceLocation)
}
