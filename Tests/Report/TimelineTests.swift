import Evidence
import Foundation
import Testing

@testable import Report

/// A case on one clock, and where it stopped.
@Suite struct TimelineTests {
    @Test func aPassedCaseToScale() async throws {
        try await FixtureStore.with { fixture in
            let one = try fixture.evidence(of: fixture.passed)
            let timeline = try #require(Timeline(of: one))
            #expect(timeline.moments.map(\.name) == ["steady", "fault", "confirmed", "whole again"])
            #expect(timeline.steps.map(\.line) == [26, 48, 57, 67, 88, 96, 104])
            #expect(timeline.steps.map(\.role) == [.agent, .agent, .human, .agent, .human, .agent, .agent])
            #expect(timeline.steps[2].answers.map(\.gave) == ["share-1", "share-2", "share-3"])
            #expect(timeline.steps[4].answers.map(\.gave) == ["operator-token"])
            #expect(timeline.lanes.map(\.store) == ["app", "git", "postgres", "vault", "volume"])
            for lane in timeline.lanes {
                let outage = one.verdict.outageSeconds[lane.store] ?? nil
                let drawn = lane.outage.map { $0.upperBound - $0.lowerBound } ?? 0
                #expect(
                    abs(drawn - (outage ?? -1)) < 0.01, "\(lane.store): the verdict and the drawing agree")
            }
            #expect(FailingPoint(of: one, steps: timeline.steps) == nil)
            #expect(abs((one.declaredSeconds ?? 0) - 210) < 0.01, "three and a half minutes of a person")
        }
    }

    @Test func aFailedCaseStopsAtItsStep() async throws {
        try await FixtureStore.with { fixture in
            let one = try fixture.evidence(of: fixture.failed)
            let timeline = try #require(Timeline(of: one))
            let point = try #require(FailingPoint(of: one, steps: timeline.steps))
            #expect(point.step == 1 && point.words == "the step at line 55, in line 58")
            #expect(timeline.lanes.first { $0.store == "vault" }?.isOutForGood == true)
            #expect(timeline.lanes.first { $0.store == "app" }?.outage == nil)
        }
    }

    @Test func aCutOffCaseStopsInItsStep() async throws {
        try await FixtureStore.with { fixture in
            try fixture.edit(fixture.failed.appending(path: "journal.jsonl")) { text in
                let lines = text.split(separator: "\n").prefix {
                    !$0.contains("\"line\":55") || $0.contains("started")
                }
                text = lines.joined(separator: "\n") + "\n{\"at\":12.2,\"ki"
            }
            let one = try fixture.evidence(of: fixture.failed)
            let steps = try #require(Timeline(of: one)).steps
            let point = try #require(FailingPoint(of: one, steps: steps))
            #expect(point.step == 1 && point.words == "cut off in the step at line 55")
            #expect(one.troubles == ["The journal's last line was cut off and is left out."])
        }
    }

    @Test(arguments: [
        ("steady", "before the fault: the steady state"),
        ("confirmed", "the fault, which was not confirmed"),
        ("whole", "after the section's last step"), ("ledger", "after it was whole again"),
    ])
    func withoutAFailedStepThePhaseIsTold(_ missing: String, _ words: String) async throws {
        try await FixtureStore.with { fixture in
            try fixture.edit(fixture.passed.appending(path: "journal.jsonl")) { text in
                let lines = text.split(separator: "\n").prefix { !$0.contains("\"kind\":\"\(missing)\"") }
                text = lines.joined(separator: "\n") + "\n"
                if missing == "steady" { text = String(text.drop { $0 == "\n" }) }
            }
            try fixture.edit(fixture.passed.appending(path: "verdict.json")) {
                $0 = $0.replacing("\"passed\"", with: "\"failed\"")
                    .replacing("\"reason\" : \"the section", with: "\"reason\" : \"not whole: the section")
            }
            let one = try fixture.evidence(of: fixture.passed)
            let point = FailingPoint(of: one, steps: StepSpan.all(in: one.events))
            let expected = missing == "steady" ? "nothing of it was journalled" : words
            #expect(point == FailingPoint(words: expected, step: nil))
        }
    }

    @Test func ticksAreRoundAndFew() {
        #expect(Scale(end: 21.4).ticks == [0, 5, 10, 15, 20])
        #expect(Scale(end: 1100).ticks == [0, 300, 600, 900])
        #expect([0, 30, 90, 3900].map(Scale.clock) == ["0:00", "0:30", "1:30", "1:05:00"])
    }

    @Test func labelsKeepOutOfEachOthersWay() {
        var placer = LabelPlacer(rows: 2)
        let rows = [10.0, 11, 12, 90].map { placer.place("fault 7.5 s", kind: "fault", at: $0)?.row }
        #expect(rows == [0, 1, nil, 0])
        #expect(placer.place("whole again", kind: "", at: 100)?.right == "0")
    }
}
