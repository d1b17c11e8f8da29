import Foundation
import Subprocess
import Testing

@testable import Report

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The page in a real browser; `make report-check` installs one and runs this.
@Suite struct BrowserTests {
    /// What Scripts/report-look.py saw at one width in one scheme.
    struct Look: Decodable {
        struct Follow: Decodable {
            var open: Bool
            var seen: Bool
        }
        var width: Int
        var scheme: String
        var overflow: Int
        var over: [String]
        var smallest: Double
        var faint: [String]
        var console: [String]
        var fetched: [String]
        var title: String
        var follow: Follow?
    }

    static let isAsked = ProcessInfo.processInfo.environment["REPORT_CHECK"] == "1"
    static let hasBrowser = ["/usr/bin/chromium", "/usr/bin/google-chrome"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "A telephone and a desktop, light and dark",
        .enabled(
            if: isAsked || hasBrowser, "no chromium on this host: make report-check installs it and runs this"
        ))
    func inABrowser() async throws {
        try await FixtureStore.with { fixture in
            let page = fixture.root.appending(path: "report.html").path
            try fixture.html().write(toFile: page, atomically: true, encoding: .utf8)
            let named = ProcessInfo.processInfo.environment["REPORT_PICTURES"] ?? ""
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Scripts/report-look.py").standardizedFileURL.path
            let ended = try await Subprocess.run(
                .name("python3"),
                arguments: [script, page, named.isEmpty ? "\(fixture.root.path)/pictures" : named],
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
            try #require(ended.terminationStatus.isSuccess, "\(ended.standardError)")
            let looks = try JSONDecoder().decode([Look].self, from: Data(ended.standardOutput.utf8))
            #expect(looks.map(\.width) == [390, 390, 1280, 1280])
            #expect(looks.map(\.scheme) == ["light", "dark", "light", "dark"])
            for look in looks {
                #expect(look.overflow <= 0 && look.over.isEmpty, "\(look.width) \(look.scheme): \(look.over)")
                #expect(look.console.isEmpty && look.fetched.isEmpty, "it is one file and runs nothing")
                #expect(look.smallest >= 12, "\(look.smallest) px is too small to read")
                #expect(look.faint.isEmpty, "contrast below AA in \(look.scheme): \(look.faint)")
                #expect(look.follow?.open == true && look.follow?.seen == true, "the link leads to the step")
                #expect(look.title.hasPrefix("Drill report"), "no script changed it")
            }
        }
    }
}
