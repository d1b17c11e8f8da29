import Boundary
import Foundation
import Testing
import wall_trial

/// Everything that could reach prod, tried from inside: without the wall each attempt reaches the stand-in, with it
/// each is refused, and a wall that lacks one control lets through exactly what that control stops.
@Suite("The hostile suite") struct HostileSuite {
    @Test("has forty couplings and more, each once, and every control of the wall")
    func size() {
        #expect(Coupling.all.count >= 40)
        #expect(Set(Coupling.all.map(\.name)).count == Coupling.all.count)
        #expect(Set(Coupling.all.map(\.rule)) == Set(WallRule.allCases))
    }

    @Test("reaches prod without the wall, and is refused by its rule with it", arguments: Coupling.all)
    func refused(_ coupling: Coupling) async throws {
        let outcomes = try await HostileTrial.shared.outcomes()
        let off = outcomes.withoutWall[coupling.name]
        #expect(HostileOutcome(off) == .prod, "without the wall: \(off ?? "nothing")")
        let on = outcomes.withWall[coupling.name]
        #expect(HostileOutcome(on) == .refused(coupling.rule), "with the wall: \(on ?? "nothing")")
    }

    @Test("notices a wall without one of its controls", arguments: WallRule.allCases)
    func notices(_ rule: WallRule) async throws {
        let said = try #require(await HostileTrial.shared.outcomes().without[rule])
        for coupling in Coupling.all {
            let expected = coupling.rule == rule ? coupling.behind.outcome : .refused(coupling.rule)
            let text = said[coupling.name]
            #expect(HostileOutcome(text) == expected, "\(coupling.name): \(text ?? "nothing")")
        }
    }
}

/// What an attempt came to.
enum HostileOutcome: Equatable {
    case prod
    case sandbox
    case refused(WallRule)
    case unclear

    /// Read from what its program said.
    init(_ said: String?) {
        guard let said else {
            self = .unclear
            return
        }
        if said.contains(TrialWord.prod) {
            self = .prod
        } else if let rule = WallRule.named(by: said) {
            self = .refused(rule)
        } else {
            self = said.contains(TrialWord.sandbox) ? .sandbox : .unclear
        }
    }
}

extension Coupling.Behind {
    /// The outcome that it means.
    var outcome: HostileOutcome {
        switch self {
        case .prod: .prod
        case .rule(let rule): .refused(rule)
        case .sandbox: .sandbox
        }
    }
}
