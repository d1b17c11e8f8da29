import Testing

@testable import DrillKit

/// What of the database's log is kept elsewhere, told from the names of files.
@Suite struct DatabaseArchiveTests {
    @Test(arguments: [
        "000000010000000000000016", "0000000200000003000000FF", "00000001000000010000007B",
    ])
    func aSegmentIsNamedAsItsFile(_ name: String) throws {
        #expect(try #require(LogSegment(name: name)).description == name)
    }

    @Test(arguments: [
        "", "00000002.history", "000000010000000000000016.partial", "00000001000000000000001G",
        "000000010000000000001000",
    ])
    func whatIsNoSegmentIsNone(_ name: String) {
        #expect(LogSegment(name: name) == nil)
    }

    @Test func theOneAfterTheLastOfAFileBeginsTheNext() {
        let last = LogSegment(name: "000000010000000000000FFF")
        #expect(last?.next.description == "000000010000000100000000")
    }

    @Test func aPositionIsInTheSegmentOfItsMegabyte() {
        #expect(
            LogSegment(timeline: 1, position: "0/3012A48") == LogSegment(name: "000000010000000000000030"))
        #expect(
            LogSegment(timeline: 2, position: "1/FF")?.description == "000000020000000100000000")
        #expect(LogSegment(timeline: 1, position: "elsewhere") == nil)
    }

    private static func kept(_ segments: String..., timeline: Int = 1) -> DatabaseArchive {
        DatabaseArchive(
            """
            base 20261124T223617Z
            { "Timeline": \(timeline), "Start-LSN": "0/1100028", "End-LSN": "0/1100100" }
            \(segments.map { "0000000\(timeline)00000000000000\($0)" }.joined(separator: "\n"))
            00000002.history
            """)
    }

    @Test func everySegmentSinceTheBaseBackupIsEnough() throws {
        let archive = Self.kept("11", "12", "13")
        #expect(archive.newest == "20261124T223617Z")
        #expect(archive.end?.description == "000000010000000000000013")
        #expect(archive.lack(to: try #require(LogSegment(name: "000000010000000000000013"))) == nil)
    }

    @Test func aGapIsNamed() throws {
        let lack = Self.kept("11", "13").lack(to: try #require(LogSegment(name: "000000010000000000000013")))
        #expect(lack == "000000010000000000000012 is missing since 20261124T223617Z")
    }

    @Test func whatIsNotThereYetIsNamed() throws {
        let lack = Self.kept("11").lack(to: try #require(LogSegment(name: "000000010000000000000012")))
        #expect(lack == "000000010000000000000012 is missing since 20261124T223617Z")
    }

    @Test func aBackupOfAnotherTimelineIsNone() throws {
        let lack = Self.kept("11").lack(to: try #require(LogSegment(name: "000000020000000000000011")))
        #expect(lack == "base backup 20261124T223617Z is of timeline 1, the server on 2")
    }

    @Test func withoutABaseBackupSegmentsAreWorthNothing() throws {
        let archive = DatabaseArchive("base \n000000010000000000000011\n")
        #expect(
            archive.lack(to: try #require(LogSegment(name: "000000010000000000000011")))
                == "there is no base backup")
    }
}
