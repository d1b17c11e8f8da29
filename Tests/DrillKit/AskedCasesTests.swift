import Testing

@testable import DrillKit

/// Which cases of a drill are asked for.
@Suite struct AskedCasesTests {
    @Test(
        arguments: [
            ([:], ["pi1, not leading", "pi2, not leading"]),
            (["CASES": " "], ["pi1, not leading", "pi2, not leading"]),
            (["CASES": "pi2, not leading; no such case"], ["pi2, not leading"]), (["CASES": "pi2"], []),
        ] as [([String: String], [String])])
    func asked(_ environment: [String: String], _ names: [String]) {
        let asked = Experiment.nodeKill.asked(by: environment).map(\.name)
        #expect(asked.filter { $0.hasPrefix("pi1, not") || $0.hasPrefix("pi2, not") } == names)
        #expect(environment["CASES"].map { $0 == " " } ?? true ? asked.count > 2 : asked.count == names.count)
    }

    @Test func drillsAreKnownByTheirCases() throws {
        #expect(
            try Experiment.having("disk full; pi1, not leading").map(\.name) == ["NodeKill", "DiskTrouble"])
        #expect(try Experiment.having(" ").count == Experiment.all.count)
    }

    @Test func aMistypedCaseIsNamed() {
        let error = #expect(throws: DrillError.self) {
            try Experiment.having("pi1, not leading; pi2,not leading")
        }
        #expect(error?.description.contains("no drill has a case \"pi2,not leading\"") == true)
    }
}
