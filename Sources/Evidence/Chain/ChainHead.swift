public import Foundation

/// How far a trail had come: its count and the hash of its last entry, which names every entry before it too.
///
/// Kept where whoever could change the trail cannot reach, it shows every later change.
public struct ChainHead: Codable, Sendable, Equatable {
    /// The type that its signature covers, as DSSE's payload type.
    static let payloadType = "application/vnd.recovery-drills.head+json"

    /// The trail's name.
    public let trail: String
    /// How many entries it had.
    public let count: Int
    /// SHA-256 of the last one's line.
    public let hash: String
    /// Who signed it; empty without a key.
    public let signatures: [Signature]

    private enum CodingKeys: String, CodingKey { case trail, count, hash, signatures }

    /// The head of a trail that verifies, signed where there is a key.
    ///
    /// - Throws: ``EvidenceError`` with code `brokenChain` when something is wrong with order, hashes or signatures
    ///   of the trail; it is not for a head to hide that.
    public init(of root: URL, signedBy key: SigningKey? = nil) throws {
        let reading = try ChainReading(contentsOf: root.appending(path: ChainLog.name))
        if let trouble = reading.troubles.first {
            throw EvidenceError(.brokenChain, "this trail has no head that could be trusted: \(trouble)")
        }
        guard let head = ChainHead(reading) else {
            throw EvidenceError.noEntry(in: root)
        }
        self = try key.map(head.signed) ?? head
    }

    /// The head of what was read, not signed; nil without an entry.
    init?(_ reading: ChainReading) {
        guard let last = reading.entries.last ?? nil, let hash = reading.lastSHA256 else { return nil }
        self.init(trail: last.link.trail, count: reading.entries.count, hash: hash)
    }

    init(trail: String, count: Int, hash: String, signatures: [Signature] = []) {
        self.trail = trail
        self.count = count
        self.hash = hash
        self.signatures = signatures
    }

    /// Reads a head that `drillctl head` printed.
    ///
    /// - Throws: ``EvidenceError`` with code `unreadable`, also where a signature is not of this head.
    public init(contentsOf file: URL) throws {
        guard let data = try? Data(contentsOf: file) else {
            throw EvidenceError(
                .unreadable, "cannot read the head \(file.path): keep what 'drillctl head' prints")
        }
        do {
            self = try EvidenceJSON.decoder.decode(ChainHead.self, from: data)
        } catch {
            throw EvidenceError(
                .unreadable,
                "\(file.path) is no head of a trail: \(DecodingTrouble.text(error)); "
                    + "keep what 'drillctl head' prints")
        }
        guard count > 0, signatures.isEmpty || signer != nil else {
            throw EvidenceError(.unreadable, "\(file.path) is not the head that was signed: it was changed")
        }
    }

    /// Whose signature it bears; nil when it bears none, or not one that holds.
    public var signer: PublicKey? {
        guard signatures.count == 1,
            let envelope = try? Envelope(payload, type: Self.payloadType, signedBy: nil)
        else { return nil }
        return envelope.signer(of: signatures[0])
    }

    /// The head as one line of canonical JSON.
    public func json() throws -> String {
        String(decoding: try EvidenceJSON.line.encode(self), as: UTF8.self)
    }

    private func signed(by key: SigningKey) throws -> ChainHead {
        let envelope = try Envelope(payload, type: Self.payloadType, signedBy: key)
        return ChainHead(trail: trail, count: count, hash: hash, signatures: envelope.signatures)
    }

    /// What is signed: the head in canonical form, without signatures.
    private var payload: Data {
        Data(#"{"count":\#(count),"hash":"\#(hash)","trail":"\#(trail)"}"#.utf8)
    }
}
