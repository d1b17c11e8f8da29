import Testing

@testable import Machines

/// What is unflushed at two looks in a row, and enough, is a moment for a power cut; a flush between them begins anew.
@Suite struct UnflushedWatchTests {
    private func seen(_ looks: [(kibibytes: Int, flushes: Int)]) -> [Bool] {
        var watch = UnflushedWatch()
        return looks.map { watch.sees(bytesWritten: $0.kibibytes << 10, flushes: $0.flushes) }
    }

    @Test func enoughAtTwoLooks() {
        #expect(seen([(100, 5), (132, 5), (132, 5), (133, 5)]) == [false, false, true, true])
    }

    @Test func tooLittleIsNotWorthIt() {
        #expect(seen([(100, 5), (131, 5), (131, 5)]) == [false, false, false])
    }

    @Test func aFlushBetweenBeginsAnew() {
        #expect(
            seen([(100, 5), (200, 5), (200, 6), (240, 6), (240, 6)]) == [false, false, false, false, true])
    }
}
