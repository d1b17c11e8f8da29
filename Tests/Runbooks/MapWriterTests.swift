import Testing

@testable import Runbooks

/// What the drills write changes four cells and nothing else.
@Suite struct MapWriterTests {
    private func rewrite(_ text: String, lines: Int...) throws -> String {
        let written = RecoveryMap.Written(
            sectionSHA256: MapTests.digest, verdict: "passed", date: try #require(Day("2026-11-25")),
            recovery: "14.2 s")
        let map = try RecoveryMap(text: text.droppingByteOrderMark, name: "M.md")
        return try map.text(
            text, writing: Dictionary(uniqueKeysWithValues: lines.map { ($0, written) }))
    }

    @Test func onlyTheFourCellsChange() throws {
        let text = """
            Prose | with a bar.\r
            \(MapTests.header)| lab | A \\| B  |  VaultSeal| `one`; two | vault |10 min | 0 writes |  - | -| | old |  \r
            | lab | C | D | one | vault | 10 min | 0 writes | - | - | - | - |

            | a | b |
            |---|---|
            | last verdict | - |
            """
        #expect(
            try rewrite(text, lines: 4)
                == text.replacing(
                    "|  - | -| | old |",
                    with: "|  \(MapTests.digest) | passed| 2026-11-25| 14.2 s |"))
        #expect(try rewrite(text) == text)
        let mark = "\u{FEFF}"
        #expect(try rewrite(mark + text, lines: 4).hasPrefix(mark + "Prose"))
    }

    @Test func columnsAreWrittenWhereTheyStand() throws {
        let text = """
            last verdict | profile | section | date | drill | cases | change classes | recovery budget | loss budget | recovery | section sha256
            ---|---|---|---|---|---|---|---|---|---|---
            failed | lab | A | - | VaultSeal | one | vault | 10 min | 0 writes | - | -
            """
        let after = try rewrite(text, lines: 3)
        #expect(
            after.hasSuffix(
                "passed | lab | A | 2026-11-25 | VaultSeal | one | vault | 10 min | 0 writes | 14.2 s | "
                    + MapTests.digest))
        #expect(try rewrite(after, lines: 3) == after)
    }

    @Test func aRowThatEndsEarlyIsNotWritten() throws {
        let text = MapTests.header + "| lab | A | D | one | vault | 10 min | 0 writes | - |\n"
        let error = #expect(throws: RunbookError.self) { try rewrite(text, lines: 3) }
        #expect(error?.description == "M.md:3: has no cell in column 11; end the row with | - |")
    }
}
