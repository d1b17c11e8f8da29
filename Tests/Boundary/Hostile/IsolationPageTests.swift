import Boundary
import Foundation
import Testing

@testable import Runbooks

/// docs/isolation-boundary.md and the tests agree, row by row and in both directions.
@Suite("The page on the wall") struct IsolationPageTests {
    static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The cells of each row of the table with these columns.
    private func rows(_ columns: [String]) throws -> [[String]] {
        let text = try String(
            contentsOf: Self.checkout.appending(path: "docs/isolation-boundary.md"), encoding: .utf8)
        let document = MarkdownDocument(parsing: text)
        let tables = document.nodes.indices.filter { document.nodes[$0].kind == .table }
        for table in tables {
            let rows = document.children(of: table).map { row in
                document.children(of: row).map { document.text(of: $0) }
            }
            if rows.first == columns { return Array(rows.dropFirst()) }
        }
        Issue.record("the page has no table with the columns \(columns)")
        return []
    }

    private func couplings() throws -> [[String]] {
        try rows(["coupling", "attempts of the hostile suite", "rules", "test"])
    }

    @Test func describesEveryRule() throws {
        let named = try rows(["rule", "what it keeps", "where"]).map { $0[0] }
        #expect(Set(named) == Set(WallRule.allCases.map(\.rawValue)))
    }

    @Test func hasEveryAttemptWithItsRuleAndNoOther() throws {
        var attempts: [String: String] = [:]
        for row in try couplings() {
            for name in row[1].split(separator: "; ") { attempts[String(name)] = row[2] }
        }
        #expect(Set(attempts.keys) == Set(Coupling.all.map(\.name)))
        for coupling in Coupling.all {
            let rules = attempts[coupling.name] ?? ""
            #expect(
                rules.split(separator: ", ").contains { $0 == coupling.rule.rawValue }, "\(coupling.name)")
        }
    }

    /// `Module.Suite/function(label:)`, as the event stream names it.
    @Test func namesTestsThatExist() throws {
        for row in try couplings() {
            let name = try #require(
                row[3].wholeMatch(of: /([A-Za-z]+)\.([A-Za-z]+)\/([A-Za-z]+)\(.*\)/), "\(row)")
            let folder = name.1.hasSuffix("Tests") ? name.1.dropLast(5) : name.1
            let sources = try FileManager.default.subpathsOfDirectory(
                atPath: Self.checkout.appending(path: "Tests/\(folder)").path
            ).filter { $0.hasSuffix(".swift") }.map {
                try String(
                    contentsOf: Self.checkout.appending(path: "Tests/\(folder)/\($0)"), encoding: .utf8)
            }
            #expect(
                sources.contains { $0.contains("struct \(name.2)") && $0.contains("func \(name.3)(") },
                "\(row[3])")
        }
    }

    /// A wall with holes is made in one place, and product code does not go there.
    @Test func leavesHolesToTheTrialAlone() throws {
        let folder = Self.checkout.appending(path: "Sources")
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where path.hasSuffix(".swift") && path != "Boundary/Wall.swift" {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            #expect(!text.contains("Wall(without"), "\(path)")
            #expect(!text.contains("ProdAddresses.none"), "\(path)")
        }
    }
}
