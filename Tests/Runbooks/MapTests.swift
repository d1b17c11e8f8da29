import Testing

@testable import Runbooks

/// RECOVERY_MAP.md is read by its table, and refused by line.
@Suite struct MapTests {
    static let header = """
        | profile | section | drill | cases | change classes | recovery budget | loss budget | section SHA256 | last verdict | date | recovery |
        |---|---|---|---|---|---|---|---|---|---|---|

        """
    static let digest = String(repeating: "0a", count: 32)
    static let row =
        "| lab | Vault is sealed | VaultSeal | seal; restart the `bao` | vault, pki | 10 min | 0 writes "

    private func errors(_ text: String) -> [String] {
        (#expect(throws: RunbookError.self) { try RecoveryMap(text: text, name: "M.md") })?.problems
            .map(\.description) ?? []
    }

    @Test func rowsAreReadWithTheirLines() throws {
        let text =
            "# Map\n\nProse just above.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" + Self.header + Self.row
            + "| \(Self.digest) | passed | 2026-11-22 | 14.2 s |\n"
            + Self.row.replacing("lab", with: "cluster")
            + "| | \u{2014} | - | |\n\n## More\n\n" + Self.header
            + "| lab | A *node* | NodeKill | one | storage | 90 s | 1.5 s | | | | |\n"
        let map = try RecoveryMap(text: text, name: "M.md")
        #expect(map.rows.map(\.line) == [11, 12, 18])
        let row = try map.row(profile: "lab", drill: "VaultSeal")
        #expect(row.section == "Vault is sealed")
        #expect(row.cases == ["seal", "restart the bao"])
        #expect(row.changeClasses == [.vault, .pki])
        #expect(row.recoveryBudget.seconds == 600)
        #expect(row.lossBudget.measure == .writes(0))
        #expect(row.lossBudget.text == "0 writes")
        #expect(row.sectionSHA256 == Self.digest)
        #expect([row.lastVerdict, row.date, row.recovery] == ["passed", "2026-11-22", "14.2 s"])
        let other = try map.row(profile: "cluster", drill: "VaultSeal")
        #expect(
            [other.sectionSHA256, other.lastVerdict, other.date, other.recovery] == [nil, nil, nil, nil])
        #expect(map.rows(profile: "lab").map(\.section) == ["Vault is sealed", "A node"])
        #expect(map.rows(profile: "lab").last?.lossBudget.measure == .seconds(1.5))
    }

    @Test func aTableRightUnderProseHasTheRightLines() throws {
        let map = try RecoveryMap(
            text: "Prose\nmore prose\n" + Self.header + Self.row + "| | | | |\n", name: "M.md")
        #expect(map.rows.map(\.line) == [5])
        let bad = "Prose\nmore prose\n" + Self.header.replacing("cases", with: "case") + Self.row
        #expect(errors(bad) == ["M.md:3: column \"cases\" is missing; add it"])
    }

    @Test func everyComplaintComesAtOnce() {
        let text =
            Self.header + "| lab | A | D | | vault, wine | 10 minutes | none | 0A | | | |\n"
            + "| | B | | one | | 0 s | -1 writes | | | | |\n"
        #expect(
            errors(text) == [
                "M.md:3: cases is empty; fill it in",
                "M.md:3: change class \"wine\" is unknown; known are ansible, vault, postgres, gitops, dns, "
                    + "storage, kubernetes, pki, recovery",
                "M.md:3: recovery budget \"10 minutes\" is not understood; write for example 90 s, 10 min or 2 h",
                "M.md:3: loss budget \"none\" is not understood; write for example 0 writes or 5 s",
                "M.md:3: section sha256 is not 64 lower-case hex digits; leave it empty until drilled",
                "M.md:4: change classes is empty; fill it in",
                "M.md:4: recovery budget \"0 s\" is not understood; write for example 90 s, 10 min or 2 h",
                "M.md:4: loss budget \"-1 writes\" is not understood; write for example 0 writes or 5 s",
                "M.md:4: profile is empty; fill it in",
                "M.md:4: drill is empty; fill it in",
            ])
    }

    @Test func aCellOfSeparatorsAloneIsEmpty() {
        #expect(
            errors(Self.header + "| lab | A | D | ; ; | , | 10 min | 0 writes | | | | |\n") == [
                "M.md:3: \"; ;\" holds separators and no case; write at least one",
                "M.md:3: \",\" holds separators and no change class; write at least one",
            ])
    }

    @Test func missingAndRepeatedColumns() {
        #expect(
            errors("| profile | drill | drill |\n|---|---|---|\n| a | b | c |\n").filter {
                $0.contains("more")
            }
                == ["M.md:1: column \"drill\" stands here more than once"])
        #expect(errors("| profile | drill |\n|---|---|\n").count == 9)
        #expect(errors("# Nothing\n").first?.hasPrefix("M.md: has no table with a column \"drill\"") == true)
        #expect(errors("").first?.hasPrefix("M.md: has no table with a column \"drill\"") == true)
    }

    @Test func aSecondRowForTheSameDrillIsRefused() {
        let row = Self.row + "| | | | |\n"
        #expect(
            errors(Self.header + row + row) == [
                "M.md:4: drill VaultSeal of section \"Vault is sealed\" in profile lab has a row at line 3 "
                    + "already; keep one"
            ])
    }

    /// GFM makes a row of any text right under a table.
    @Test func proseRightUnderTheTableIsAComplaint() {
        #expect(errors(Self.header + Self.row + "| | | | |\nProse.\n").allSatisfy { $0.hasPrefix("M.md:4:") })
    }

    @Test func askingForARowIsNeverAGuess() throws {
        let rows = Self.row + "| | | | |\n" + Self.row.replacing("is sealed", with: "is gone") + "| | | | |\n"
        let map = try RecoveryMap(text: Self.header + rows, name: "M.md")
        #expect(throws: RunbookError.self) { try map.row(profile: "lab", drill: "VaultSeal") }
        #expect(try map.row(profile: "lab", drill: "VaultSeal", section: "Vault is gone").line == 4)
        let none = #expect(throws: RunbookError.self) { try map.row(profile: "lab", drill: "NodeKill") }
        #expect(none?.description == "M.md: no row has drill NodeKill in profile lab; add one")
    }

    @Test(arguments: [
        ("90 s", 90.0), ("10  min", 600), ("1.5 h", 5400), ("10min", nil), ("10", nil), ("min", nil),
        ("", nil),
        ("-1 s", nil), ("inf s", nil), ("1e9 s", nil), ("0 s", nil), ("1 min 30 s", nil), ("0x10 s", nil),
    ])
    func budgets(text: String, seconds: Double?) {
        #expect(RecoveryBudget(text)?.seconds == seconds)
    }
}
