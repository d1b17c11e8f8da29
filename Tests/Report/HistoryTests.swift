import Evidence
import Foundation
import Testing

@testable import Report

/// What past runs say together.
@Suite struct HistoryTests {
    /// The exact bounds, as R's `binom.test(x, n, alternative = "less")` has them; none of n is 1 - 0.05^(1/n).
    @Test(arguments: [
        (0, 10, 0.2589), (0, 1, 0.95), (1, 10, 0.3942), (2, 50, 0.1206), (0, 3000, 0.000998), (5, 5, 1),
        (0, 0, 1),
    ])
    func bounds(_ seen: Int, _ tries: Int, _ bound: Double) {
        #expect(abs(ProportionBound.upper(seen, of: tries) - bound) < 0.0001)
    }

    @Test func flakesAreOfTheTextAsItIsNowAndOfRunsThatEnded() {
        func entry(_ result: Verdict.Result, _ section: String, cut: Bool = false) -> CaseHistory.Entry {
            .init(run: "r", started: .now, result: result, wasCutOff: cut, section: section)
        }
        let entries = [
            entry(.failed, "old"), entry(.failed, "old"), entry(.passed, "new"), entry(.failed, "new"),
            entry(.unproven, "new", cut: true), entry(.passed, "new"),
        ]
        let one = CaseHistory(profile: "lab", drill: "D", case: "c", section: "S", entries: entries)
        #expect(one.flakes.seen == 1 && one.flakes.of == 3)
        #expect(one.flakeWords == "1 of 3, at most 87 %")
    }

    @Test func runsAndCasesOfAStore() async throws {
        try await FixtureStore.with { fixture in
            try FileManager.default.createDirectory(
                at: fixture.root.appending(path: "controls/x"), withIntermediateDirectories: true)
            let again = fixture.root.appending(path: "20261126T070407Z-0001")
            try FileManager.default.copyItem(at: fixture.root.appending(path: FixtureStore.run), to: again)
            try Data("{".utf8).write(
                to: again.appending(path: "VaultSeal/all-three-processes-killed/verdict.json"))
            let history = try RunHistory(of: fixture.store)
            #expect(history.runs.map(\.name) == [FixtureStore.run, "20261126T070407Z-0001"])
            #expect(history.runs[1].counts == ["passed": 1, "unproven": 1])
            #expect(
                history.cases.map(\.case) == [
                    "all three processes killed", "operator seal on the active node",
                ])
            #expect(history.cases.map(\.entries.count) == [1, 2])
            #expect(history.cases[0].recoveries.isEmpty && history.cases[1].recoveries.count == 2)
            #expect(try history.json().contains("\"wasCutOff\" : false"))
        }
    }

    /// Damaged evidence is drawn somewhere, and crashes nothing.
    @Test(arguments: [-3, -.infinity, .nan, 1e300])
    func aRecoveryThatIsNoneIsDrawnAllTheSame(_ seconds: Double) {
        #expect(["0", "-3"].contains(SVG.number(seconds)))
    }
}
