import Testing

@testable import Runbooks

/// Map, runbooks and drills are held against each other, and every disagreement has its line.
@Suite struct MapCheckTests {
    static let runbook = """
        # Recovery

        Call nobody.

        ## Vault is sealed

        - [AGENT] Look.

        ### Unseal

        - [HUMAN] Type shares.

        ## A machine is down

        ### Which

        - [AGENT] Look.

        ### Why

        Nobody knows.

        ## Whom to call

        Nobody.

        """
    static let drills = ["VaultSeal": ["seal", "restart"], "NodeKill": ["pi1"]]

    static func row(_ section: String, _ drill: String, _ cases: String, profile: String = "lab") -> String {
        "| \(profile) | \(section) | \(drill) | \(cases) | vault | 10 min | 0 writes | | | | |\n"
    }

    static let waivers = "\n| profile | section | reason | waived until |\n|---|---|---|---|\n"

    private func check(_ rows: String, waivers: String = "") throws -> MapCheck {
        let text = MapTests.header + rows + (waivers.isEmpty ? "" : Self.waivers + waivers)
        return MapCheck(
            map: try RecoveryMap(text: text, name: "M.md"),
            runbooks: ["lab": try Runbook(text: Self.runbook, name: "R.md")], drills: Self.drills,
            today: try #require(Day("2026-11-25")))
    }

    private func problems(_ rows: String, waivers: String = "") throws -> [String] {
        try check(rows, waivers: waivers).problems().map(\.description)
    }

    static let good =
        row("Vault is sealed", "VaultSeal", "restart; seal") + row("A machine is down", "NodeKill", "pi1")
    static let nobody = "| lab | Whom to call | nothing to do | 2026-11-25 |\n"

    @Test func whatAgreesHasNoProblem() throws {
        #expect(try problems(Self.good, waivers: Self.nobody) == [])
    }

    @Test func aSectionNeedsADrillOrAWaiver() throws {
        let one = Self.row("Vault is sealed", "VaultSeal", "restart; seal")
        #expect(
            try problems(one) == [
                "M.md: drill NodeKill plays no section of any profile; give it a row",
                "R.md:15: no drill plays \"Which\" and no waiver excuses it; give it a row in M.md",
                "R.md:19: no drill plays \"Why\" and no waiver excuses it; give it a row in M.md",
                "R.md:23: no drill plays \"Whom to call\" and no waiver excuses it; give it a row in M.md",
            ])
    }

    @Test func whatARowOrAWaiverNamesMustBeThere() throws {
        let rows =
            Self.row("Vault is gone", "VaultSeal", "seal; restart") + Self.row("Which", "Moon", "a")
            + Self.row("Why", "NodeKill", "pi1", profile: "moon")
        let waivers =
            "| moon | Moon | r | 2027-01-01 |\n| lab | A machine is down | r | 2027-01-01 |\n| lab | Away | r | 2027-01-01 |\n"
        let found = try problems(rows, waivers: waivers)
        #expect(
            found == [
                "M.md:3: R.md has no section \"Vault is gone\"; mend the title here or there",
                "M.md:4: no drill is called Moon; known are NodeKill, VaultSeal",
                "M.md:5: there is no profile moon; known are lab",
                "M.md:9: there is no profile moon; known are lab",
                "M.md:11: R.md has no section \"Away\"; mend the title here or there",
                "R.md:5: no drill plays \"Vault is sealed\" and no waiver excuses it; give it a row in M.md",
                "R.md:23: no drill plays \"Whom to call\" and no waiver excuses it; give it a row in M.md",
            ])
    }

    @Test func casesAreThoseThatTheDrillDeclares() throws {
        let rows =
            Self.row("Vault is sealed", "VaultSeal", "seal; hang")
            + Self.row("A machine is down", "NodeKill", "pi1")
        #expect(
            try problems(rows, waivers: Self.nobody) == [
                "M.md:3: VaultSeal also has the case \"restart\"; add it",
                "M.md:3: VaultSeal has no case \"hang\"; mend or remove it",
            ])
    }

    @Test func aWaiverEndsAndExcusesNothingThatIsDrilled() throws {
        let waivers =
            Self.nobody.replacing("2026-11-25", with: "2026-11-24")
            + "| lab | Vault is sealed | r | 2027-01-01 |\n"
        #expect(
            try problems(Self.good, waivers: waivers) == [
                "M.md:8: the waiver of \"Whom to call\" ended on 2026-11-24; drill the section or waive it anew",
                "M.md:9: \"Vault is sealed\" is drilled by VaultSeal, at line 3; remove the waiver",
            ])
    }

    @Test func aDrillPlaysOneSectionOfAProfile() throws {
        let rows = Self.good + Self.row("Whom to call", "NodeKill", "pi1")
        #expect(
            try problems(rows) == [
                "M.md:5: drill NodeKill plays \"A machine is down\" at line 4 already; a drill plays one section "
                    + "of a profile"
            ])
    }

    @Test func waiversAreReadByLine() throws {
        let text =
            MapTests.header + Self.good + Self.waivers + "| lab | A | | 2027-1-1 |\n| lab | B | r | never |\n"
            + Self.nobody + Self.nobody
        let error = #expect(throws: RunbookError.self) { try RecoveryMap(text: text, name: "M.md") }
        #expect(
            error?.problems.map(\.description) == [
                "M.md:8: reason is empty; fill it in",
                "M.md:8: waived until \"2027-1-1\" is no day; write for example 2027-01-31",
                "M.md:9: waived until \"never\" is no day; write for example 2027-01-31",
                "M.md:11: section \"Whom to call\" of profile lab is waived at line 10 already; keep one",
            ])
        let twice =
            MapTests.header
            + Self.row("A", "VaultSeal", "seal; seal").replacing("vault |", with: "vault, vault |")
        let again = #expect(throws: RunbookError.self) { try RecoveryMap(text: twice, name: "M.md") }
        #expect(
            again?.problems.map(\.description) == [
                "M.md:3: case \"seal\" stands here more than once; keep one",
                "M.md:3: change class \"vault\" stands here more than once; keep one",
            ])
    }

    @Test func aDrillIsStaleWhenItsTextDidNotPass() throws {
        let digest = try Runbook(text: Self.runbook, name: "R.md").section(titled: "Vault is sealed").sha256
        func state(_ cells: String) throws -> DrillStanding? {
            try check(Self.good.replacing("0 writes | | | | |", with: "0 writes \(cells)")).standings().first
        }
        #expect(try state("| | | | |")?.state == .neverDrilled)
        #expect(try state("| \(digest) | passed | 2026-11-01 | 4 s |")?.state == .current)
        #expect(try state("| \(digest) | failed | 2026-11-01 | - |")?.state == .notPassed)
        let edited = try state("| \(MapTests.digest) | passed | 2026-11-01 | 4 s |")
        #expect(edited?.state == .edited && edited?.isStale == true)
        #expect(edited?.reason == "edited since its last verdict (passed on 2026-11-01)")
    }

    @Test(arguments: [
        ("2027-01-31", true), ("2027-02-29", false), ("2028-02-29", true), ("2027-1-31", false),
        ("20270131", false), ("2027-01-31T00:00:00Z", false), (" 2027-01-31", false), ("", false),
    ])
    func days(text: String, isDay: Bool) {
        #expect((Day(text) != nil) == isDay)
    }
}
