import ArgumentParser
import DrillKit
import Evidence
import Foundation
import Machines

/// Lists the sandboxes of this host.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the sandboxes that exist on this host.",
        discussion: """
            Those of drills and those of `drillctl up` alike. One whose owner is dead is reaped by the next \
            start, or by `drillctl reap`.

            Example:
              $ drillctl list
            """)

    @Flag(help: "Print one JSON array.") var json = false

    func run() throws {
        let entries = SandboxRoll(runs: try RunFolders.open()).entries
        if json { return print(try Self.json(entries)) }
        guard !entries.isEmpty else { return print("no sandbox exists") }
        let rows = entries.map { entry in
            [
                entry.id, Self.state(entry), entry.record.map { "\($0.owner.pid)" } ?? "-",
                entry.record.map { HumanDuration.text(seconds: Date().timeIntervalSince($0.started)) } ?? "-",
                entry.machines.isEmpty ? "-" : entry.machines.joined(separator: " "),
                entry.record?.purpose ?? "-",
            ]
        }
        print(Table.text(["ID", "STATE", "OWNER", "AGE", "MACHINES", "PURPOSE"], rows))
    }

    private static func state(_ entry: SandboxRoll.Entry) -> String {
        if !entry.isOwned { return "dead" }
        if entry.isKept { return "held" }
        return entry.wayIn == nil ? "at work" : "up"
    }

    private struct Row: Encodable {
        let id: String
        let state: String
        let owner: Int32?
        let started: Date?
        let machines: [String]
        let purpose: String?
    }

    private static func json(_ entries: [SandboxRoll.Entry]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.dateEncodingStrategy = .iso8601
        let rows = entries.map { entry in
            Row(
                id: entry.id, state: state(entry), owner: entry.record?.owner.pid,
                started: entry.record?.started, machines: entry.machines, purpose: entry.record?.purpose)
        }
        return String(decoding: try encoder.encode(rows), as: UTF8.self)
    }
}
