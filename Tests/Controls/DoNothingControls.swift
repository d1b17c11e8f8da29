import DrillKit
import DrillTesting
import Evidence
import Foundation
import Runbooks
import Testing

/// Every case of every drill with an empty section: no lab comes back when nobody does anything.
///
/// A case that passes here is one in which the lab heals itself, and must say so: its section only finds that out.
@Suite(.lab())
struct DoNothingControls {
    static let cases = Experiment.all.flatMap { experiment in
        experiment.asked.map { Control(experiment: experiment, name: $0.name) }
    }

    @Test("do nothing", arguments: cases)
    func nobodyDoesAnything(_ control: Control) async throws {
        let one = try control.experiment.one(matching: control.name)
        let verdict = try await control.verdict("do nothing", nothing: true)
        if one.healsItself != nil {
            #expect(verdict.result == .passed, "\(verdict.reason)")
            return
        }
        #expect(verdict.result == .failed)
        #expect(verdict.fault?.confirmed == true)
        #expect(verdict.reason.contains("not whole"), "\(verdict.reason)")
        for words in Self.left(by: one, of: control.experiment) {
            #expect(verdict.reason.contains(words), "\(verdict.reason)")
        }
    }

    /// What is still wrong, in the words of what looks for it.
    private static func left(by one: ExperimentCase, of experiment: Experiment) -> [String] {
        let targets = one.fault.target.components(separatedBy: ", ")
        return switch experiment.name {
        case Experiment.vaultSeal.name: targets.map { "\($0) sealed" }
        case Experiment.databaseDrop.name: [databaseWords[one.name] ?? "no words for \(one.name)"]
        case Experiment.storageCorruption.name: ["files differ"]
        case Experiment.diskTrouble.name: ["\(one.fault.target)'s disk takes writes"]
        default: targets.map { "\($0) silent" }
        }
    }

    private static let databaseWords = [
        "database dropped": "database \"shortener\" does not exist",
        "table dropped by a migration": "not as before the fault: erp, definitions",
        "folder deleted under the running server": "the database answers",
        "page corrupted": "invalid page in block 0",
        "table dropped, archive broken before": "is missing since",
    ]
}
