import Evidence
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
        let law = try Facts.shared.get()
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

    @Test("A stand-in counts only while its grant lasts, and only where its fault can be shown with it")
    func grants() throws {
        let law = try Facts.shared.get()
        let change = try Change(
            diff: try #require(CorpusEntry.all.first { $0.name == "vault-configuration" }).diff)
        func reasons(_ now: Date, _ spoil: (inout ProvenVerdict) -> Void) throws -> [String] {
            var verdicts = try Facts(law: law).verdicts("after", touching: [], sections: "")
            for index in verdicts.indices {
                verdicts[index].finished = now
                spoil(&verdicts[index])
            }
            let gate = PromotionGate(law: law, verdicts: verdicts, requiresSignature: true, now: now) {
                Facts.materials($0, touching: [], sections: "")
            }
            return try gate.decide(change).allReasons
        }
        #expect(try reasons(Facts.now) { _ in } == [])
        let later = try #require(Day("2027-03-01")).noon
        #expect(try reasons(later) { _ in }.contains { $0.contains("granted ended on 2027-02-28") })
        let silent = try reasons(Facts.now) { $0.substitutions.removeAll { $0.component == "Vault" } }
        #expect(!silent.isEmpty && silent.allSatisfy { $0.contains("does not say what stood in for Vault") })
        let other = try reasons(Facts.now) { verdict in
            for index in verdict.substitutions.indices where verdict.substitutions[index].component == "Vault"
            {
                verdict.substitutions[index].standIn = "a mock"
            }
        }
        #expect(!other.isEmpty && other.allSatisfy { $0.contains("a mock stands in for Vault") })
    }

    /// A misspelt key would let a stand-in count, or have it represent what it cannot.
    @Test(
        "A manifest with a key that nobody reads is refused",
        arguments: [
            "changeClasses": "changeClases", "cannotRepresent": "cannotrepresent",
            "kind: absence": "kind: abscence",
        ])
    func misspeltManifest(key: String, misspelt: String) {
        let error = #expect(throws: GateError.self) {
            _ = try Facts.readLaw(changing: "parity.yml") { $0.replacingOccurrences(of: key, with: misspelt) }
        }
        let word = misspelt.split(separator: " ").last ?? ""
        #expect(error?.description.contains(word) == true, "\(error.map(\.description) ?? "no error")")
    }

    @Test("A drill that plays two sections of a profile is asked for both")
    func twoSectionsOfOneDrill() throws {
        let verdicts = try Facts(law: Facts.shared.get()).verdicts("after", touching: [], sections: "")
        let law = try Facts.readLaw { map in
            let row = map.split(separator: "\n").first { $0.contains("| VaultSeal |") } ?? ""
            var cells = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            (cells[2], cells[4]) = (" Vault hangs ", " its process stands still ")
            return map.replacingOccurrences(of: row, with: "\(row)\n\(cells.joined(separator: "|"))")
        }
        let change = try Change(
            diff: try #require(CorpusEntry.all.first { $0.name == "vault-configuration" }).diff)
        let gate = PromotionGate(law: law, verdicts: verdicts, requiresSignature: true, now: Facts.now) {
            Facts.materials($0, touching: [], sections: "")
        }
        let missing = try gate.decide(change).drills.filter { !$0.missing.isEmpty }
        #expect(missing.map(\.section) == ["Vault hangs"])
    }

    @Test("What cannot represent a fault does not count for it, whatever is granted")
    func neverForSuchAFault() throws {
        let law = try Facts.shared.get()
        let verdicts = try Facts(law: law).verdicts("after", touching: [], sections: "")
        let change = try Change(
            diff: try #require(CorpusEntry.all.first { $0.name == "storage-quorum" }).diff)
        let gate = PromotionGate(law: law, verdicts: verdicts, requiresSignature: true, now: Facts.now) {
            Facts.materials($0, touching: [], sections: "")
        }
        let reasons = try gate.decide(change).allReasons
        #expect(
            reasons.contains { $0.contains("cannot represent \"power cut\" for class storage") }, "\(reasons)"
        )
    }
}

extension Day {
    /// Twelve o'clock of it, in UTC.
    fileprivate var noon: Date {
        (try? Date.ISO8601FormatStyle().parse("\(description)T12:00:00Z")) ?? .distantPast
    }
}
