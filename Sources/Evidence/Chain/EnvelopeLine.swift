import Foundation

/// An envelope as one line of the chain: keys in alphabetical order, no white space, base64 with padding.
///
/// Of each line that is checked, a hundred thousand of them, nothing but this very form is taken, so that no byte of it
/// can be changed unseen. It is written and read by hand: every value is of an alphabet that JSON does not escape, and
/// to decode JSON that is compared afterwards would take most of the time of a check.
extension Envelope {
    /// The line, without its end.
    var line: Data {
        let signers = signatures.map { #"{"keyid":"\#($0.keyid)","sig":"\#($0.sig.base64EncodedString())"}"# }
        return Data(
            (#"{"payload":""# + payload.base64EncodedString() + #"","payloadType":""# + payloadType
                + #"","signatures":["# + signers.joined(separator: ",") + "]}").utf8)
    }

    /// Reads a line, without its end; nil for any other form, be it the same JSON.
    init?(line: Data) {
        var rest = LineScanner(line)
        guard rest.skip(#"{"payload":"#), let payload = rest.base64(),
            rest.skip(#","payloadType":"#), let type = rest.text(), rest.skip(#","signatures":["#)
        else { return nil }
        var signatures: [Signature] = []
        while rest.skip(signatures.isEmpty ? #"{"keyid":"# : #",{"keyid":"#) {
            guard let keyid = rest.text(), rest.skip(#","sig":"#), let sig = rest.base64(), rest.skip("}")
            else { return nil }
            signatures.append(Signature(keyid: keyid, sig: sig))
        }
        guard rest.skip("]}"), rest.isAtEnd else { return nil }
        (self.payload, payloadType, self.signatures) = (payload, type, signatures)
    }
}

/// Takes a line apart from its start.
private struct LineScanner {
    private var rest: Data

    init(_ line: Data) { rest = line }

    var isAtEnd: Bool { rest.isEmpty }

    /// Goes past a text; false, and nowhere, where another stands.
    mutating func skip(_ text: StaticString) -> Bool {
        let isHere = rest.withUnsafeBytes { bytes in
            bytes.count >= text.utf8CodeUnitCount
                && bytes.prefix(text.utf8CodeUnitCount)
                    .elementsEqual(
                        UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        if isHere { rest = rest.dropFirst(text.utf8CodeUnitCount) }
        return isHere
    }

    /// A string of printable ASCII without escapes.
    mutating func text() -> String? {
        guard let bytes = string(),
            bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes of a string in base64, in the one form in which they are written.
    mutating func base64() -> Data? {
        guard let text = string(), let bytes = Data(base64Encoded: text), bytes.base64EncodedData() == text
        else { return nil }
        return bytes
    }

    /// What stands between two quotation marks.
    private mutating func string() -> Data? {
        guard skip("\"") else { return nil }
        let length = rest.withUnsafeBytes { bytes in
            bytes.baseAddress.flatMap { base in
                memchr(base, Int32(UInt8(ascii: "\"")), bytes.count).map { base.distance(to: $0) }
            }
        }
        guard let length else { return nil }
        defer { rest = rest.dropFirst(length + 1) }
        return rest.prefix(length)
    }
}
