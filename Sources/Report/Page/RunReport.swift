public import Evidence
import Foundation
import Mustache

/// Runs of drills as one page: a single HTML file that needs no network and no script.
public struct RunReport: Sendable {
    private let runs: [RunEvidence]
    private let history: RunHistory
    private let asked: [AskedCase]

    /// Reads the runs that are named, the latest where none is, and all others for the trend.
    ///
    /// - Parameter asked: What the runs were to drill together, as a game day's: of several attempts at one of these
    ///   one counts, and one that was never begun is told. Without it all that was begun counts.
    /// - Throws: `EvidenceError` when one of them is not there.
    public init(runs names: [String] = [], asked: [AskedCase] = [], in store: EvidenceStore) throws {
        var once: [String] = []
        for name in names where !once.contains(name) { once.append(name) }
        runs =
            once.isEmpty
            ? [try RunEvidence(in: store)] : try once.map { try RunEvidence($0, in: store) }
        self.asked = asked
        history = try RunHistory(of: store)
    }

    /// The page; every text in it that came from a run is escaped.
    public func html() throws -> String {
        let names = runs.map(\.name)
        let title = names.count == 1 ? "Drill report \(names[0])" : "Drill report, \(names.count) runs"
        let page = ReportPage(
            runs, asked: asked, history: history, title: title, style: Self.text(PackageResources.style_css))
        guard let html = try Self.library().render(page, withTemplate: "page") else {
            preconditionFailure("the library holds the template it was made with")
        }
        return html
    }

    /// The templates, each begun with the pragma that has ``Markup`` escape what it fills in: partials do not inherit it.
    private static func library() throws -> MustacheLibrary {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        let templates = [
            "page": PackageResources.page_mustache, "run": PackageResources.run_mustache,
            "case": PackageResources.case_mustache, "timeline": PackageResources.timeline_mustache,
            "transcript": PackageResources.transcript_mustache, "trend": PackageResources.trend_mustache,
        ]
        return MustacheLibrary(
            templates: try templates.mapValues {
                try MustacheTemplate(string: "{{% CONTENT_TYPE: \(Markup.name)}}" + text($0))
            })
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
