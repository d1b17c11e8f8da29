import Evidence
import Foundation
import Testing

@testable import Report

/// The page as a file: what it must hold, and what it must never.
@Suite struct ReportTests {
    @Test func beginsWithWhatFailedAndALinkToTheStep() async throws {
        try await FixtureStore.with { fixture in
            let html = try fixture.html()
            #expect(html.contains(">1 of 2 cases failed</h1>"))
            let link = try #require(html.firstRange(of: "href=\"#case-2-step-2\""))
            let trust = try #require(html.firstRange(of: "id=\"trust\""))
            #expect(link.lowerBound < trust.lowerBound, "before anything else")
            #expect(html.contains("<details class=\"step failed\" id=\"case-2-step-2\" open>"))
            #expect(html.contains("9 parts of prod are stood in for or absent"))
            #expect(html.contains("The wall held: of 17 looks at it, none got through."))
        }
    }

    /// A game day has a run for each section, and one list of stand-ins would bury the cases eight times.
    @Test func tellsStandInsOnceUnlessTheyDiffer() async throws {
        try await FixtureStore.with { fixture in
            let (second, third) = ("20261125T160000Z-0002", "20261125T170000Z-0003")
            for run in [second, third] {
                try FileManager.default.copyItem(
                    at: fixture.root.appending(path: FixtureStore.run), to: fixture.root.appending(path: run))
            }
            try fixture.edit(fixture.root.appending(path: "\(third)/run.json")) {
                $0.replace("OpenBao", with: "Vault itself")
            }
            let report = try RunReport(runs: [FixtureStore.run, second, third], in: fixture.store)
            let html = try report.html()
            #expect(html.matches(of: #/<strong>Vault<\/strong> is OpenBao/#).count == 1)
            #expect(html.matches(of: #/<strong>Vault<\/strong> is Vault itself/#).count == 1)
            #expect(html.matches(of: #/is the same as in run/#).count == 1)
            #expect(html.contains("is the same as in run \(FixtureStore.run).</p>"))
            #expect(html.matches(of: #/The wall held: of 17 looks/#).count == 3, "each run has its own proof")
        }
    }

    @Test func nothingOfATranscriptBecomesMarkup() async throws {
        try await FixtureStore.with { fixture in
            let html = try fixture.html()
            #expect(!html.contains("<script"))
            #expect(html.contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;"))
            #expect(html.contains("keys\u{2407}"), "a bell is shown, not rung")
            let isControl = { (scalar: Unicode.Scalar) in
                scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
            }
            #expect(!html.unicodeScalars.contains(where: isControl))
        }
    }

    @Test func needsNothingBesideIt() async throws {
        try await FixtureStore.with { fixture in
            let html = try fixture.html()
            for word in [" src=", "<link", "@import", "url(http", "href=\"http"] {
                #expect(!html.contains(word), "\(word) would be fetched")
            }
            #expect(html.contains("default-src 'none'"))
            #expect(html.matches(of: #/\{\{/#).isEmpty, "no tag of a template is left over")
        }
    }

    @Test func everyLinkHasItsTarget() async throws {
        try await FixtureStore.with { fixture in
            let html = try fixture.html()
            let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "ids are unique")
            let named = html.matches(of: #/(?:href="#|aria-labelledby=")([^"]*)"/#).flatMap {
                $0.1.split(separator: " ")
            }
            for name in named { #expect(ids.contains(String(name)), "nothing is called \(name)") }
        }
    }

    @Test func whatCannotBeReadIsShown() async throws {
        try await FixtureStore.with { fixture in
            try Data("{".utf8).write(to: fixture.passed.appending(path: "verdict.json"))
            try fixture.edit(fixture.failed.appending(path: "journal.jsonl")) {
                $0 = $0.replacing("\"n\":2,", with: "\"n\":7,")
            }
            try Data("nonsense\n".utf8).write(to: fixture.failed.appending(path: "ledger.jsonl"))
            try FileManager.default.removeItem(
                at: fixture.root.appending(path: "\(FixtureStore.run)/run.json"))
            let html = try fixture.html()
            #expect(
                html.contains("operator-seal-on-the-active-node"), "the case is there by its folder's name")
            #expect(html.contains("verdict.json cannot be read"))
            #expect(html.contains("The journal tells nothing"))
            #expect(html.contains("The ledger tells nothing"))
            #expect(html.contains("run.json cannot be read"))
            #expect(html.contains("The wall was not proven in this run"))
        }
    }

    @Test func aWallThatDidNotHoldIsToldFirst() async throws {
        try await FixtureStore.with { fixture in
            try fixture.edit(fixture.root.appending(path: "\(FixtureStore.run)/run.json")) {
                $0 = $0.replacing("\"ok\" : true", with: "\"ok\" : false")
            }
            #expect(try fixture.html().contains("The wall did not hold: 17 of 17 looks got through."))
        }
    }
}
