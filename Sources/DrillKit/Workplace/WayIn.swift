import Foundation
import Machines

/// How a person gets into a sandbox that another process owns: the operator's door, noted in its folder.
///
/// The owner leaves it once the lab is healthy, so that it also says: whoever comes in finds a whole lab.
public struct WayIn: Sendable, Codable {
    /// The sandbox's machines by name, each with its address.
    public let machines: [String: String]
    /// The host's argument list up to the operator's command: into the namespace, into his private root.
    private let door: [String]

    /// Lays out the operator's desk in a sandbox and notes the way to it.
    ///
    /// - Throws: An error of the file system, or ``DrillError`` when the safe is incomplete.
    public static func leave(in lab: Lab) throws {
        let sandbox = lab.sandbox
        let way = WayIn(
            machines: sandbox.plan.hosts,
            door: try OperatorDesk(lab).command([], in: sandbox.namespace))
        try JSONEncoder().encode(way).write(to: URL(filePath: file(in: sandbox.folder)), options: .atomic)
    }

    /// The host's argument list for a command of the operator at a terminal of this kind (`TERM`).
    public func command(_ command: [String], terminal: String?) -> [String] {
        door + ["/usr/bin/env", "TERM=\(terminal ?? "dumb")"] + command
    }

    private static func file(in folder: String) -> String { "\(folder)/way-in.json" }
}

extension WayIn {
    /// The way into the sandbox of this folder; nil while there is none.
    public init?(folder: String) {
        guard let data = FileManager.default.contents(atPath: Self.file(in: folder)),
            let way = try? JSONDecoder().decode(WayIn.self, from: data)
        else { return nil }
        self = way
    }
}
