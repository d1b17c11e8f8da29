import Foundation
import Testing

@testable import Runbooks

/// Whatever the Markdown, nothing crashes and every script line is where we say it is.
@Suite struct WeirdDocumentTests {
    /// SplitMix64, so that a failing document can be had again by its seed.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let starts = [
        "", "", "", "  ", "    ", "\t", "> ", ">", "- ", "1. ", "10) ", "   - ", "> - ", "     ", "* [ ] ",
        "  > ",
    ]
    private static let bodies = [
        "", "", "", "```sh", "```", "````bash", "````", "~~~shell", "~~~", "```yaml", "# head", "### head",
        "---",
        "===", "[AGENT] do", "[HUMAN] do <share>", "text exits 2", "| a | b |", "|---|---|", "<div>",
        "</div>",
        "<!-- ", "-->", "[a]: http://x", "echo <node> <in>out", "**", "\\", "&amp;", "\u{0C}", "\u{2028}é",
    ]

    /// A document in which every other line bears its own number.
    private func document(_ dice: inout Dice) -> String {
        let ending = ["\n", "\r\n", "\r"].randomElement(using: &dice) ?? "\n"
        let lines = (1...Int.random(in: 1...60, using: &dice)).map { number in
            let start = Self.starts.randomElement(using: &dice) ?? ""
            let body = Self.bodies.randomElement(using: &dice) ?? ""
            return Bool.random(using: &dice) ? start + "token\(number)." : start + body
        }
        return "# A" + ending + lines.dropFirst().joined(separator: ending)
    }

    @Test(arguments: 0..<20)
    func scriptLinesAreWhereWeSay(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        var seen = 0
        for round in 0..<40 {
            let text = document(&dice)
            let runbook = try Runbook(text: text, name: "R.md")
            let comment: Comment = "seed \(seed) round \(round): \(text.debugDescription)"
            for step in runbook.sections[0].steps {
                guard let block = step.block else { continue }
                #expect(block.lastLine - block.firstLine + 2 == block.numberedLines.count, comment)
                for (line, text) in block.numberedLines {
                    for token in text.matches(of: /token(\d+)\./) {
                        seen += 1
                        #expect(Int(token.1) == line, comment)
                    }
                }
            }
            let ends = runbook.sections.flatMap { [$0.line, $0.lastLine] + $0.steps.map(\.position) }
            let last = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").count { $0 == "\n" } + 1
            #expect(ends.allSatisfy { (1...last).contains($0) }, comment)
            #expect(
                text.hasSuffix(runbook.sections.last?.source ?? "") || text.last?.isWhitespace == true,
                comment)
            let first = runbook.sections[0]
            for step in first.steps {
                #expect(first.removing(step: step).steps.count == first.steps.count - 1, comment)
            }
            _ = RunbookReport.text(
                RunbookCheck.findings(
                    runbook: runbook, map: [], bindings: [], playedItems: [], addressCheck: { _ in nil }))
        }
        #expect(seen > 10, "the documents of seed \(seed) hardly have a script line")
    }

    /// Every fence that a generator closes is closed, and every one that it does not is found.
    @Test(arguments: 0..<20)
    func fencesAreJudgedAsWritten(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 1000)
        for _ in 0..<40 {
            let indent = ["", "  ", "> ", "> > ", "    "].randomElement(using: &dice) ?? ""
            let opening = ["": "", "  ": "- x\n", "    ": "1.  x\n\n"][indent] ?? ""
            let mark = ["```", "~~~", "`````"].randomElement(using: &dice) ?? "```"
            let body = (0..<Int.random(in: 0...5, using: &dice)).map { _ in
                indent + (["", "x", "  y", "``", "# z", "- a"].randomElement(using: &dice) ?? "")
            }
            let isClosed = Bool.random(using: &dice)
            let after = ["", "\n", "\n# B\n", "\ntext\n", "\n- item\n"].randomElement(using: &dice) ?? ""
            // Text at the margin ends the container and so the block; without a container it is swallowed.
            let text =
                "# A\n" + opening
                + ([indent + mark + "sh"] + body + (isClosed ? [indent + mark] : []))
                .joined(separator: "\n") + "\n" + after
            let problems = try Runbook(text: text, name: "R.md").sections[0].problems
            #expect(problems.isEmpty == isClosed, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(arguments: [
        String(repeating: ">", count: 20_000), String(repeating: "1. ", count: 5_000) + "x",
        String(repeating: "[", count: 20_000), String(repeating: "*a _", count: 20_000),
        String(repeating: "`", count: 100_000), String(repeating: "<a", count: 20_000),
        String(repeating: "# x\n", count: 3_000), String(repeating: "```sh\nx\n```\n", count: 3_000),
        String(repeating: "- [AGENT] x\n", count: 500), String(repeating: "| a ", count: 5_000) + "|\n|-|\n",
        (0..<200).map { String(repeating: "  ", count: $0) + "- [HUMAN] x\n" }.joined(),
    ])
    func deepAndWideDocuments(text: String) throws {
        let runbook = try Runbook(text: "# A\n\n" + text, name: "R.md")
        #expect(runbook.sections.first?.title == "A")
        _ = RunbookCheck.findings(
            runbook: runbook, map: nil, bindings: [], playedItems: [], addressCheck: { _ in nil })
    }

    @Test(arguments: 0..<20)
    func bytesEitherDecodeOrAreRefusedByLine(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 2000)
        let marks = Array("`~#->sh\n\r <>|[]\t".utf8)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...80, using: &dice)).map { _ in
                Bool.random(using: &dice)
                    ? UInt8.random(in: 0...255, using: &dice) : marks.randomElement(using: &dice) ?? 0
            }
            do throws(RunbookError) {
                let text = try FileText.decode(bytes, name: "R.md")
                _ = try? Runbook(text: text, name: "R.md")
                _ = try? RecoveryMap(text: text, name: "R.md")
                #expect(String(validating: bytes, as: UTF8.self) != nil)
            } catch {
                #expect(error.problems.first?.line != nil)
            }
        }
    }
}
