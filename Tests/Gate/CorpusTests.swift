import Foundation
import Runbooks
import Testing

@testable import Gate

/// Every change of the corpus gets the decision that was written down before there were rules.
@Suite struct CorpusTests {
    @Test("The corpus is there, with each way to decide")
    func size() {
        #expect(CorpusEntry.all.count >= 100)
        #expect(Set(CorpusEntry.all.map { $0.said["decision"] }) == ["accept", "refuse", "cannot tell"])
    }

    @Test(arguments: CorpusEntry.all)
    func decision(of entry: CorpusEntry) throws {
        let expected = try #require(entry.said["decision"])
        let because = entry.said["because"]
        do {
            let change = try Change(diff: entry.diff)
            let decision = try decide(change, entry)
            #expect((decision.isAccepted ? "accept" : "refuse") == expected, "\(decision.allReasons)")
            let classes = try #require(entry.said["classes"])
            let found =
                decision.classes.count == ChangeClass.allCases.count
                ? "every" : decision.classes.map(\.rawValue).sorted().joined(separator: ", ")
            #expect(found == (classes == "none" ? "" : classes), "\(decision.touches)")
            if let because {
                #expect(decision.allReasons.contains { $0.contains(because) }, "\(decision.allReasons)")
            } else {
                #expect(decision.allReasons.isEmpty)
            }
        } catch let error as GateError {
            #expect(expected == "cannot tell", "\(error)")
            #expect(error.description.contains(because ?? "?"), "\(error)")
        }
    }

    private func decide(_ change: Change, _ entry: CorpusEntry) throws -> Decision {
        let law = try Facts.law()
        let paths = change.files.flatMap { [$0.path, $0.renamedFrom].compactMap(\.self) }
        let sections = entry.said["sections"] ?? ""
        let evidence = try #require(entry.said["evidence"])
        let gate = PromotionGate(
            law: law,
            verdicts: try Facts(law: law).verdicts(evidence, touching: paths, sections: sections),
            requiresSignature: true, isDecided: evidence.contains("decided"), now: Facts.now
        ) { Facts.materials($0, touching: paths, sections: sections) }
        return try gate.decide(change)
    }
}
