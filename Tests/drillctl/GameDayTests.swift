import Foundation
import Testing

/// A game day from the outside, over a stand-in for the drills: no lab is started.
@Suite struct GameDayTests {
    /// A small checkout of its own, whose map has two rows.
    struct Site {
        let program: Program
        var root: String { "\(program.scratch)/checkout" }
        private static let runner = "\(Program.checkout)/Tests/drillctl/Support/drills-stand-in.py"

        init() throws {
            var program = try Program()
            program.environment["DRILL_ROOT"] = "\(program.scratch)/checkout"
            self.program = program
            try write("Fixtures/lab/inventory/sandbox/hosts.yml", "all:\n")
            try write("Fixtures/lab/CLUSTER_RECOVERY.md", "# Sealed\n")
            for name in ["Sources/a", "Drills/a", "Scripts/a", "Package.swift"] { try write(name, "") }
            try write(
                "RECOVERY_MAP.md",
                """
                | profile | section | drill | cases | change classes | recovery budget | loss budget | section sha256 | last verdict | date | recovery |
                |---|---|---|---|---|---|---|---|---|---|---|
                | lab | A machine is down | NodeKill | pi1, leading; pi2 | recovery | 15 min | 0 writes | - | - | - | - |
                | lab | Vault is sealed | VaultSeal | sealed; restarted | vault | 10 min | 0 writes | - | - | - | - |

                """)
        }

        func write(_ path: String, _ text: String) throws {
            let file = URL(filePath: "\(root)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }

        /// Says what happens in one case.
        func play(_ name: String?, _ what: String = "") throws {
            let text = name.map { "{\"\($0)\": \"\(what)\"}" } ?? "{}"
            try text.write(toFile: "\(program.scratch)/play.json", atomically: true, encoding: .utf8)
        }

        func hold(_ options: String...) async throws -> Program.Ending {
            var ended = try await program.run(["gameday", "--runner", Self.runner] + options)
            // Moments and what has been seen by the second differ from run to run.
            ended.out = ended.out.replacing(#/\d{8}T\d{6}Z/#, with: "DAY")
                .replacing(#/(?m)^gameday: [^\n(]*\([^)]*\) \d+\/\d+ lab [^\n]*\n/#, with: "")
            ended.err = ended.err.replacing(#/\d{8}T\d{6}Z/#, with: "DAY")
            return ended
        }

        /// What the drills were asked for so far.
        var asked: [String] {
            let text = (try? String(contentsOfFile: "\(program.scratch)/asked.txt", encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }
    }

    static let all = ["lab VaultSeal: sealed;restarted", "lab NodeKill: pi1, leading;pi2"]

    @Test func everythingOnceAndASum() async throws {
        let site = try Site()
        defer { site.program.remove() }
        let ended = try await site.hold()
        #expect(ended.exit == 0, "\(ended)")
        #expect(site.asked == Self.all, "the shortest budget first")
        try expectGolden(ended.out, "gameday-passed")
        let day = try #require(
            try FileManager.default.contentsOfDirectory(atPath: "\(site.program.scratch)/evidence/gameday")
                .first)
        let report = try String(
            contentsOfFile: "\(site.program.scratch)/evidence/gameday/\(day)/report.html", encoding: .utf8)
        #expect(report.contains("All 4 cases passed"))
        let again = try await site.hold()
        #expect(again.exit == 0 && site.asked == Self.all + Self.all, "a finished one is not gone on with")
    }

    @Test func aFailureEndsInOneAndTheRestIsDrilledAllTheSame() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("restarted", "fail")
        let ended = try await site.hold()
        #expect(ended.exit == 1)
        #expect(site.asked == Self.all)
        try expectGolden(ended.out, "gameday-failed")
    }

    @Test func interruptedItTearsDownAndGoesOnLater() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi1, leading", "interrupt")
        let ended = try await site.hold()
        #expect(ended.exit == 130, "\(ended)")
        #expect(FileManager.default.fileExists(atPath: "\(site.program.scratch)/torn-down"))
        try expectGolden(ended.err, "error-gameday-interrupted")
        try site.play(nil)
        let later = try await site.hold()
        #expect(later.exit == 0, "\(later)")
        #expect(site.asked == Self.all + ["lab NodeKill: pi1, leading;pi2"], "what passed is not repeated")
        try expectGolden(later.out, "gameday-resumed")
    }

    @Test func afterACrashItWaitsForTheDrillsAndThenGoesOn() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi2", "crash")
        let ended = try await site.hold()
        #expect(ended.exit == 128 + 9)
        let early = try await site.hold()
        #expect(early.exit == 2)
        #expect(early.err.contains("drills of the game day DAY still run as process"), "\(early.err)")
        #expect(early.err.contains("end them with: kill -INT -- -"))
        #expect(FileManager.default.createFile(atPath: "\(site.program.scratch)/let-go", contents: nil))
        try site.play(nil)
        var later = early
        for _ in 0..<50 where later.exit == 2 { later = try await site.hold() }
        #expect(later.exit == 0, "\(later)")
        #expect(site.asked == Self.all + ["lab NodeKill: pi2"], "pi1 had its verdict before the crash")
    }

    @Test func aChangedRunbookBeginsAnewAndSaysSo() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi2", "interrupt")
        #expect(try await site.hold().exit == 130)
        try site.write("Fixtures/lab/CLUSTER_RECOVERY.md", "# Sealed\n\nEdited.\n")
        try site.play(nil)
        let later = try await site.hold()
        #expect(later.exit == 0)
        #expect(site.asked == Self.all + Self.all)
        #expect(
            later.out.contains(
                "gameday: the game day DAY is stale: changed since are plays of lab, runbook of lab\n"))
    }
}
