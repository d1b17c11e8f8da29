import Testing

@testable import Operator

/// Of a stream the two ends are kept and the rest is counted, however it is cut into pieces.
@Suite struct KeptOutputTests {
    @Test(arguments: [1_000, 4_096, 65_537, 500_000])
    func bothEndsAreKept(piece: Int) {
        let all = (0..<200_001).map { UInt8(ascii: "a") + UInt8($0 % 23) }
        var kept = KeptOutput()
        for start in stride(from: 0, to: all.count, by: piece) {
            kept.append(all[start..<min(start + piece, all.count)])
        }
        #expect(kept.omitted == 200_001 - 131_072)
        #expect(
            kept.text == String(decoding: all.prefix(65_536), as: UTF8.self)
                + "\n[… 68929 bytes left out …]\n" + String(decoding: all.suffix(65_536), as: UTF8.self))
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 131_072])
    func nothingIsLostBelowTheLimit(count: Int) {
        var kept = KeptOutput()
        let all = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        kept.append(all[...])
        #expect(kept.omitted == 0)
        #expect(kept.text.utf8.count == count)
    }

    @Test func marksAreFoundInAnyPieces() {
        let text = Array("one\u{1E}two\u{1E}NONCE:x\u{1E}\u{1E}NONCE:17\u{1E}next".utf8)
        for piece in 1...text.count {
            let tap = StreamTap(nonce: "NONCE")
            var statuses: [Int32] = []
            for start in stride(from: 0, to: text.count, by: piece) {
                if let status = tap.append(Array(text[start..<min(start + piece, text.count)])) {
                    statuses.append(status)
                }
            }
            #expect(statuses == [17])
            #expect(tap.take().text == "one\u{1E}two\u{1E}NONCE:x\u{1E}")
            #expect(tap.take().text == "next")
        }
    }
}
