import Boundary
import DrillKit
import Foundation
import Machines

/// What a supervisor tells whoever started it, a JSON line each on its standard output.
enum SupervisorReport: Codable, Sendable {
    /// It is at this.
    case says(String)
    /// The sandbox is healthy.
    case ready(LabUp)
    /// It came to nothing.
    case failed(String)
}

/// A healthy sandbox, as its supervisor reports it.
struct LabUp: Codable, Sendable {
    var id: String
    var profile: String
    /// Addresses by machine.
    var machines: [String: String]
    /// From the checkpoint to verified healthy.
    var seconds: Double
}

/// The process that owns the sandbox of `drillctl up`, seen from the commands that begin and end it.
enum Supervisor {
    /// Starts a supervisor and waits until its sandbox is healthy, telling what it says meanwhile.
    ///
    /// A cancelled wait ends the supervisor, and with it the sandbox.
    ///
    /// - Throws: ``DrillError`` with the supervisor's own last words and where its log is.
    static func start(profile: String, runs: RunFolders) async throws -> LabUp {
        let log = "\(runs.root)/up.log"
        let process = try DetachedProcess.start(["supervise", "--profile", profile], log: log)
        // A task of its own: it sees the supervisor's end also when this one is cancelled.
        let waiting = Task { try await outcome(of: process, log: log) }
        return try await withTaskCancellationHandler {
            try await waiting.value
        } onCancel: {
            kill(process.pid, SIGTERM)
        }
    }

    private static func outcome(of process: DetachedProcess, log: String) async throws -> LabUp {
        var last: String?
        for await line in process.lines {
            switch try? JSONDecoder().decode(SupervisorReport.self, from: Data(line.utf8)) {
            case .says(let words):
                tell(words)
                last = words
            case .ready(let lab):
                return lab
            case .failed(let why):
                throw DrillError("the lab did not come up", lastSeen: why, next: "see \(log)")
            case nil:
                last = line
            }
        }
        throw DrillError("the lab's supervisor ended early", lastSeen: last, next: "see \(log)")
    }

    /// Ends a sandbox by way of the process that owns it, and waits until its folder is gone.
    ///
    /// - Throws: ``DrillError`` when its owner is not a supervisor, or ``WaitError`` when it does not end.
    static func end(_ entry: SandboxRoll.Entry) async throws {
        guard entry.isOwned, let record = entry.record, record.owner.isAlive else {
            throw DrillError("the owner of \(entry.id) is dead", next: "run `drillctl reap`")
        }
        guard entry.isSupervised else {
            throw DrillError(
                "\(entry.id) is not a lab of `drillctl up`",
                lastSeen: "pid \(record.owner.pid) owns it: \(record.purpose)",
                next: entry.isKept ? "let it go with `drillctl release \(entry.id)`" : "stop that run")
        }
        kill(record.owner.pid, SIGTERM)
        let folder = entry.folder
        try await eventually("the end of \(entry.id) (pid \(record.owner.pid))", within: .seconds(60)) {
            FileManager.default.fileExists(atPath: folder) ? nil : ()
        }
    }
}
