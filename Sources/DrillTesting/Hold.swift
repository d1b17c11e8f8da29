import Boundary
import DrillKit
import Foundation
import Machines

/// `KEEP=1`: a lab whose drill did not pass is held as it is, until somebody lets it go.
enum Hold {
    /// Holds the sandbox if KEEP is set, and prints how to get in and how to let go.
    static func ifAsked(_ sandbox: Sandbox, because reason: String) async {
        guard ProcessInfo.processInfo.environment["KEEP"] == "1" else { return }
        let mark = "\(sandbox.folder)/hold"
        guard FileManager.default.createFile(atPath: mark, contents: nil) else { return }
        do {
            try WayIn.leave(in: Lab(sandbox))
        } catch {
            Workshop.sayOnStandardError("nobody can get into \(sandbox.id): \(error)")
        }
        let id = sandbox.id
        for line in [
            "held: \(reason)",
            "  get in:   drillctl ssh pi1 --sandbox \(id)      (or drillctl shell --sandbox \(id))",
            "  let go:   drillctl release \(id)                (or Ctrl-C)",
        ] {
            Workshop.sayOnStandardError(line)
        }
        // A person may look for as long as a working day.
        _ = try? await eventually("\(id) is let go", within: .seconds(12 * 3600), every: .milliseconds(500)) {
            FileManager.default.fileExists(atPath: mark) ? nil : ()
        }
    }
}
