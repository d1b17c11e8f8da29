import Testing

@testable import Evidence

@Suite struct HumanDurationTests {
    @Test(arguments: [
        (0.0, "0 ms"), (0.035, "35 ms"), (0.0996, "0.1 s"), (4.2, "4.2 s"), (59.94, "59.9 s"),
        (59.96, "1 min 00 s"), (185, "3 min 05 s"), (300, "5 min 00 s"), (3_599.6, "1 h 00 min"),
        (3_725, "1 h 02 min"), (-1, "?"), (.nan, "?"), (.infinity, "?"),
    ])
    func `reads as people say it`(seconds: Double, text: String) {
        #expect(HumanDuration.text(seconds: seconds) == text)
    }

    @Test func `rounds a duration to the millisecond`() {
        #expect(Duration.microseconds(4_200_499).seconds == 4.2)
        #expect(HumanDuration.text(.seconds(185)) == "3 min 05 s")
    }
}
