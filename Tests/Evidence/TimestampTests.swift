import Foundation
import Testing

@testable import Evidence

@Suite struct TimestampTests {
    @Test(arguments: [
        "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2026-06-23T04:05:06.007Z",
        "2024-02-29T23:59:59.999Z",
    ])
    func `reads what it writes`(text: String) {
        #expect(Timestamp(text)?.description == text)
    }

    @Test func `keeps every millisecond`() {
        for milliseconds in Int64(1_782_187_506_000)..<1_782_187_507_000 {
            let timestamp = Timestamp(milliseconds: milliseconds)
            #expect(Timestamp(timestamp.description) == timestamp)
            #expect(Timestamp(timestamp.date) == timestamp)
        }
    }

    @Test func `reads a time without a fraction and in another zone`() {
        #expect(Timestamp("2026-06-23T04:05:06Z")?.description == "2026-06-23T04:05:06.000Z")
        #expect(Timestamp("2026-06-23T06:05:06+02:00")?.description == "2026-06-23T04:05:06.000Z")
    }

    @Test(arguments: ["", "yesterday", "2026-06-23", "2026-13-01T00:00:00Z"])
    func `refuses what is no time`(text: String) {
        #expect(Timestamp(text) == nil)
    }
}
