import Boundary
import Foundation

extension Siege {
    /// What comes of the harness's use of a folder in which root inside left something.
    func shared(_ script: String, _ use: SharedUse, in namespace: Namespace) async -> String {
        let shared = folder + "/shared"
        do {
            let left = try await namespace.run(
                ["bash", "-ec", "cd /shared\n" + script], deadline: .seconds(30))
            guard left.succeeded else { return "nothing was left: \(left.lastWords)" }
            switch use {
            case .reads(let name):
                return try SharedPath("\(shared)/\(name)", wall: wall).text()
            case .writes(let name, let landing):
                defer { try? FileManager.default.removeItem(atPath: landing) }
                try SharedPath("\(shared)/\(name)", wall: wall).replace(with: Array("a log".utf8))
                return FileManager.default.fileExists(atPath: landing) ? TrialWord.prod : TrialWord.sandbox
            case .asks(let name):
                return await answer(of: "http://pi1", "/", prod: .lab, through: "\(shared)/\(name)")
            }
        } catch {
            return "\(error)"
        }
    }
}
