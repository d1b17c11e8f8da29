import Testing

@testable import DrillKit

/// What three nodes say, put together.
@Suite struct SurveyTests {
    @Test func aLeaderIsOneThatAllUnsealedNodesSee() {
        let survey = Survey(nodes: [
            "pi1": .unsealed(leader: "pi2"), "pi2": .unsealed(leader: "pi2"), "pi3": .sealed,
        ])
        #expect(survey.leader == "pi2")
        #expect(survey.sealed == ["pi3"])
        #expect(survey.silent.isEmpty)
    }

    @Test func nodesThatDisagreeHaveNoLeader() {
        let survey = Survey(nodes: [
            "pi1": .unsealed(leader: "pi1"), "pi2": .unsealed(leader: "pi2"),
        ])
        #expect(survey.leader == nil)
    }

    @Test func oneNodeWithoutALeaderIsEnoughForNone() {
        let survey = Survey(nodes: ["pi1": .unsealed(leader: "pi1"), "pi2": .unsealed(leader: nil)])
        #expect(survey.leader == nil)
    }

    @Test func allSealedHaveNoLeader() {
        let survey = Survey(nodes: ["pi1": .sealed, "pi2": .sealed])
        #expect(survey.leader == nil)
        #expect(survey.description == "pi1 sealed; pi2 sealed")
    }

    @Test func aSilentNodeIsNamedWithItsReason() {
        let survey = Survey(nodes: ["pi1": .silent("refused"), "pi2": .unsealed(leader: "pi2")])
        #expect(survey.silent == ["pi1"])
        #expect(survey.description == "pi1 silent (refused); pi2 unsealed, sees pi2 leader")
    }
}
