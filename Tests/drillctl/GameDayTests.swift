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

        func hold(_ options: String..., plain: Bool = true) async throws -> Program.Ending {
            var ended = try await program.run(["gameday", "--runner", Self.runner] + options)
            guard plain else { return ended }
            // Moments and what has been seen by the second differ from run to run.
            ended.out = ended.out.replacing(#/\d{8}T\d{6}Z/#, with: "DAY")
                .replacing(#/(?m)^gameday: [^\n(]*\([^)]*\) \d+\/\d+ lab [^\n]*\n/#, with: "")
            ended.err = ended.err.replacing(#/\d{8}T\d{6}Z/#, with: "DAY")
            return ended
        }

        /// The report of the one game day.
        func report() throws -> String {
            let days = "\(program.scratch)/evidence/gameday"
            let day = try #require(
                FileManager.default.contentsOfDirectory(atPath: days).first { !$0.hasPrefix(".") })
            return try String(contentsOfFile: "\(days)/\(day)/report.html", encoding: .utf8)
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
        #expect(try site.report().contains("All 4 cases passed"))
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

    @Test func drillsThatEndBadlyEndInOneThoughEveryCasePassed() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("restarted", "badly")
        let ended = try await site.hold()
        #expect(ended.exit == 1, "\(ended)")
        #expect(
            ended.err.contains(#/lab VaultSeal: every case passed, but its drills ended with .*3.*; see /#),
            "\(ended.err)")
    }

    @Test func aCaseThatWasNeverBegunIsInTheReport() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("restarted", "skip")
        #expect(try await site.hold().exit == 1)
        let report = try site.report()
        #expect(report.contains("1 of 4 cases are unproven</h1>"))
        #expect(report.contains("VaultSeal / restarted: it was never begun"))
    }

    @Test func anAttemptThatWasRepeatedCountsNoMore() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi2", "SIGINT")
        #expect(try await site.hold().exit == 130)
        try site.play(nil)
        #expect(try await site.hold().exit == 0)
        let report = try site.report()
        #expect(report.contains("All 4 cases passed</h1>"))
        #expect(report.contains("counts no more: another attempt does"))
    }

    @Test func whatChangesMeanwhileEndsInOneAndIsNamed() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("restarted", "edit")
        let ended = try await site.hold()
        #expect(ended.exit == 1, "\(ended)")
        #expect(site.asked == Self.all)
        #expect(
            ended.err.contains(
                "changed while the game day was held, so hold it anew: plays of lab, runbook of lab\n"),
            "\(ended.err)")
    }

    static let kill = "lab NodeKill: pi1, leading;pi2"

    @Test(arguments: [
        ("restoring", "SIGINT", 130, [all[0]]), ("sealed", "SIGTERM", 143, [all[0]]),
        ("restarted", "SIGINT", 130, ["lab VaultSeal: restarted"]),
        ("pi2", "SIGTERM", 143, ["lab NodeKill: pi2"]),
    ])
    func toldToEndItTearsDownAndGoesOnLater(
        at moment: String, by signal: String, exit: Int32, repeated: [String]
    ) async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play(moment, signal)
        let ended = try await site.hold()
        #expect(ended.exit == exit, "\(ended)")
        #expect(FileManager.default.fileExists(atPath: "\(site.program.scratch)/torn-down"))
        let before = site.asked
        #expect(before == (moment == "pi2" ? Self.all : [Self.all[0]]), "the rest waits")
        try site.play(nil)
        let later = try await site.hold()
        #expect(later.exit == 0, "\(later)")
        let rest = moment == "pi2" ? [] : [Self.kill]
        #expect(site.asked == before + repeated + rest, "what passed is not repeated")
    }

    @Test func interruptedItSaysWhatBecomesOfIt() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi1, leading", "SIGINT")
        try expectGolden(try await site.hold().err, "error-gameday-interrupted")
        try site.play(nil)
        try expectGolden(try await site.hold().out, "gameday-resumed")
    }

    @Test(arguments: [("crash", 137), ("twice", 130)])
    func goneAtOnceItWaitsForTheDrillsAndThenGoesOn(how: String, exit: Int32) async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi2", how)
        #expect(try await site.hold().exit == exit)
        let early = try await site.hold()
        #expect(early.exit == 2 && site.asked == Self.all)
        #expect(early.err.contains(#/drills of .* still run/#), "\(early.err)")
        #expect(early.err.contains(#/wait for their end, or/#))
        #expect(FileManager.default.createFile(atPath: "\(site.program.scratch)/let-go", contents: nil))
        try site.play(nil)
        var later = early
        for _ in 0..<50 where later.exit == 2 { later = try await site.hold() }
        #expect(later.exit == 0, "\(later)")
        #expect(site.asked == Self.all + ["lab NodeKill: pi2"], "pi1 had its verdict before")
    }

    @Test func theLineSaysHowLongHowMuchAndWhatRuns() async throws {
        let site = try Site()
        defer { site.program.remove() }
        let first = try await site.hold(plain: false)
        #expect(
            first.out.contains(#/gameday: [\d.]+ m?s \(no past run to go by\) 0\/4 lab VaultSeal: \S/#),
            "\(first.out)")
        let second = try await site.hold("--new", plain: false)
        #expect(
            second.out.contains(#/gameday: [\d.]+ m?s \(about [^)]+ to go\) \d\/4 lab VaultSeal: /#),
            "\(second.out)")
    }

    @Test func aChangedRunbookBeginsAnewAndSaysSo() async throws {
        let site = try Site()
        defer { site.program.remove() }
        try site.play("pi2", "SIGINT")
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
