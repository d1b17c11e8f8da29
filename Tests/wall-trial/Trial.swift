import Boundary
import Foundation

/// Makes the hostile suite's attempts in an arena: namespaces without any way out, in which a stand-in for prod
/// owns 192.168.1.201–203 and a stand-in for the operator's host holds everything that leads there.
///
/// It runs as the first process of `unshare`, reads a ``TrialRequest`` and writes a ``TrialReply``, both as JSON.
@main struct Trial {
    static func main() async throws {
        let request = try JSONDecoder().decode(
            TrialRequest.self, from: FileHandle.standardInput.readToEnd() ?? Data())
        try await Arena.enter()
        var reply: TrialReply = []
        for missing in request.walls {
            let siege = Siege(
                wall: Wall(without: missing, leaking: Arena.leaked), folder: "/run/trial/\(reply.count)")
            reply.append(try await siege.outcomes(of: request.attempts))
        }
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(reply))
    }
}
