import Foundation
import Testing

@testable import Gate

/// Of every folder of sources it is said whether a change there makes verdicts old.
@Suite struct MaterialTests {
    /// The rooms that a verdict comes out of.
    private static let counting = [
        "Boundary", "CCMark", "CCurl", "CPQ", "DrillKit", "DrillTesting", "Evidence", "Ledger", "Machines",
        "Operator", "Runbooks", "ledger-client",
    ]
    private static let sources = CorpusEntry.folder.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources")

    @Test("A new folder of Sources counts, or is named as a bystander")
    func everyRoom() throws {
        let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
            .filter { !$0.hasPrefix(".") }
        #expect(Set(rooms) == Set(Self.counting + Material.bystanders))
        for room in rooms {
            let counts = Material.harness.holds("Sources/\(room)/A.swift", profile: "lab")
            #expect(counts == Self.counting.contains(room), "\(room)")
        }
    }

    @Test("No room that counts imports a bystander")
    func imports() throws {
        let statement = #/(?m)^(?:public |@testable )*import (\w+)/#
        for room in Self.counting {
            let folder = Self.sources.appending(path: room)
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            for file in files where file.hasSuffix(".swift") {
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                let imported = text.matches(of: statement).map { String($0.1) }
                #expect(Set(imported).isDisjoint(with: Material.bystanders), "\(room)/\(file)")
            }
        }
    }

    @Test("A path that only begins alike is no part of it")
    func paths() {
        #expect(Material.plays.holds("Fixtures/lab/plays/vault.yml", profile: "lab"))
        #expect(!Material.plays.holds("Fixtures/lab/plays-old/vault.yml", profile: "lab"))
        #expect(!Material.plays.holds("Fixtures/cluster/plays/vault.yml", profile: "lab"))
        #expect(Material.drill.holds("Sources/DrillKit/Experiments/VaultSealCases.swift", profile: "lab"))
        #expect(!Material.harness.holds("Sources/DrillKit/Experiments/VaultSealCases.swift", profile: "lab"))
    }
}
