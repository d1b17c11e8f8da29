import Testing

@testable import Ledger

@Suite struct MedianTests {
    @Test(arguments: [([], nil), ([3, 1, 2], 2), ([4, 1], 2.5)] as [([Double], Double?)])
    func medians(_ values: [Double], _ expected: Double?) {
        #expect(values.median == expected)
    }
}
