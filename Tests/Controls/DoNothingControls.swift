import DrillKit
import DrillTesting
import Evidence
import Foundation
import Runbooks
import Testing

/// Every case of every drill with an empty section: no lab comes back when nobody does anything.
///
/// A case that passed here would be one in which the lab heals itself, and its section proves nothing. There is none.
@Suite(.lab())
struct DoNothingControls {
    static let cases = Experiment.all.flatMap { experiment in
        experiment.cases.map { Control(experiment: experiment, name: $0.name) }
    }

    @Test("do nothing", arguments: cases)
    func nobodyDoesAnything(_ control: Control) async throws {
        let verdict = try await control.verdict("do nothing") { $0.section = $0.section.emptied }
        #expect(verdict.result == .failed)
        #expect(verdict.fault?.confirmed == true)
        #expect(verdict.reason.contains("not whole"), "\(verdict.reason)")
        let one = try control.experiment.one(matching: control.name)
        let isSealed = control.experiment.name == Experiment.vaultSeal.name
        for machine in isSealed ? [] : one.fault.target.components(separatedBy: ", ") {
            #expect(verdict.reason.contains("\(machine) silent"), "\(verdict.reason)")
        }
        #expect(!isSealed || verdict.reason.contains("sealed"), "\(verdict.reason)")
    }
}
