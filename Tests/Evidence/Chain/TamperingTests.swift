import Foundation
import Testing

@testable import Evidence

/// Against a head that was kept, every change of a small trail is caught.
@Suite struct TamperingTests {
    /// A trail of two cases, one of them cut off, and its head.
    private static func withTrail(
        signed: Bool = true, _ body: (SampleTrail, ChainHead) throws -> Void
    ) async throws {
        try await withScratch { folder in
            let trail = SampleTrail(in: folder, key: signed ? SigningKey() : nil)
            let run = try trail.open()
            try trail.pass("operator seal", in: run)
            try trail.begin("cut off", in: run)
            try body(trail, try ChainHead(of: trail.root, signedBy: trail.key))
        }
    }

    @Test(arguments: [true, false])
    func `verifies untouched`(signed: Bool) async throws {
        try await Self.withTrail(signed: signed) { trail, head in
            let keys = Set([trail.key?.publicKey].compactMap(\.self))
            let read = try EvidenceTrail(verifying: trail.root, against: head, trusting: keys)
            #expect(read.troubles == [] && read.limits == [] && read.notes == [])
            #expect(read.cases.map(\.verdict.result) == [.passed, .unproven])
            #expect(read.cases.map(\.isTrusted) == [signed, signed])
            #expect(read.cases.map(\.isCutOff) == [false, true])
            #expect(read.cases[0].run?.shelf == .verdicts)
            #expect(read.entries == 3 && head.count == 3)
        }
    }

    @Test func `catches every byte of the chain that is flipped`() async throws {
        try await Self.withTrail { trail, head in
            let whole = try Data(contentsOf: trail.chain)
            for place in whole.indices {
                var flipped = whole
                flipped[place] ^= 1 << UInt8(place % 8)
                let reading = ChainReading(flipped)
                let caught =
                    !reading.troubles.isEmpty || reading.entries.count < head.count
                    || reading.sha256(at: head.count - 1) != head.hash
                if !caught { Issue.record("the flip at byte \(place) was not caught") }
            }
            // The same through the front door, at the ends of each line and in the middle.
            for place in [0, whole.count / 2, whole.count - 2, whole.count - 1] {
                var flipped = whole
                flipped[place] ^= 1
                try flipped.write(to: trail.chain)
                #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound, "byte \(place)")
            }
        }
    }

    @Test(arguments: ["run.json", CaseFiles.journal, CaseFiles.ledger, CaseFiles.verdict])
    func `catches every byte of a file that is flipped`(name: String) async throws {
        try await Self.withTrail { trail, head in
            let folder = try #require(
                try EvidenceTrail(verifying: trail.root).cases.first?.entry.folder)
            let run = String(folder.prefix { $0 != "/" })
            let file = trail.root.appending(path: name == "run.json" ? "\(run)/\(name)" : "\(folder)/\(name)")
            let whole = try Data(contentsOf: file)
            for place in stride(from: 0, to: whole.count, by: 7) + [whole.count - 1] {
                var flipped = whole
                flipped[place] ^= 1 << UInt8(place % 8)
                try flipped.write(to: file)
                let read = try EvidenceTrail(verifying: trail.root, against: head)
                #expect(!read.isSound && read.cases[0].verdict.result == .unproven)
                #expect(read.cases[0].troubles.isEmpty == false, "the case knows its own trouble")
            }
            try FileManager.default.removeItem(at: file)
            #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
        }
    }

    @Test func `reads no file but a case's own, and each of them once`() async throws {
        try await Self.withTrail { trail, _ in
            let statement = try EvidenceTrail(verifying: trail.root).cases[0].statement
            let entry = statement.predicate.recoveryDrill
            func complaints(_ name: String) -> [String] {
                var changed = statement
                changed.predicate.recoveryDrill.files[0].name = name
                var reader = CaseReader(changed, root: trail.root)
                _ = reader.read(hasEnded: true)
                return reader.complaints
            }
            #expect(complaints(entry.files[0].name) == [])
            let elsewhere = String(repeating: "x", count: entry.folder.count) + "/\(CaseFiles.journal)"
            for name in [elsewhere, entry.files[1].name] {
                #expect(complaints(name) == ["its entry names files that are not those of a case"])
            }
        }
    }

    @Test func `takes a chain without an entry for none, or for one cut short`() async throws {
        try await Self.withTrail { trail, head in
            try trail.write([])
            let error = #expect(throws: EvidenceError.self) { try EvidenceTrail(verifying: trail.root) }
            #expect(error?.code == .noTrail)
            #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
        }
    }

    @Test func `catches entries that are dropped, swapped or repeated`() async throws {
        try await Self.withTrail { trail, head in
            let lines = try trail.lines()
            func isCaught(_ changed: [String]) throws -> Bool {
                try trail.write(changed)
                return try !EvidenceTrail(verifying: trail.root, against: head).isSound
            }
            for place in lines.indices {
                var dropped = lines
                dropped.remove(at: place)
                #expect(try isCaught(dropped), "dropped \(place)")
                for other in lines.indices where other > place {
                    var swapped = lines
                    swapped.swapAt(place, other)
                    #expect(try isCaught(swapped), "swapped \(place) and \(other)")
                }
                for at in 0...lines.count {
                    var repeated = lines
                    repeated.insert(lines[place], at: at)
                    #expect(try isCaught(repeated), "repeated \(place) at \(at)")
                }
            }
            #expect(try !isCaught(lines))
        }
    }

    @Test func `catches an entry of another trail, wherever it is put`() async throws {
        try await Self.withTrail { trail, head in
            let other = SampleTrail(in: trail.root.appending(path: "other"), key: trail.key)
            try other.pass("operator seal", in: other.open())
            let lines = try trail.lines()
            for foreign in try other.lines() {
                for place in 0...lines.count {
                    var changed = lines
                    changed.insert(foreign, at: place)
                    try trail.write(changed)
                    #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
                    guard place < lines.count else { continue }
                    changed = lines
                    changed[place] = foreign
                    try trail.write(changed)
                    #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
                }
            }
        }
    }

    @Test func `catches a trail that was written anew without the key`() async throws {
        try await Self.withTrail { trail, head in
            let key = try #require(trail.key)
            try FileManager.default.removeItem(at: trail.root)
            let forged = SampleTrail(root: trail.root, key: SigningKey())
            let run = try forged.open()
            try forged.pass("operator seal", in: run)
            try forged.pass("cut off", in: run)
            #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
            // Without the head it is whole, but says so of nobody who is trusted.
            let alone = try EvidenceTrail(verifying: trail.root, trusting: [key.publicKey])
            #expect(alone.isSound && !alone.cases.contains(where: \.isTrusted))
            #expect(alone.limits.count == 2)
            let own = try ChainHead(of: trail.root, signedBy: forged.key)
            let against = try EvidenceTrail(verifying: trail.root, against: own, trusting: [key.publicKey])
            #expect(
                against.troubles.map(\.words)
                    == ["the head is not signed by a trusted key, so it shows nothing"])
        }
    }

    @Test func `catches a signature that is taken off or lent to another payload`() async throws {
        try await Self.withTrail { trail, head in
            let lines = try trail.lines()
            let envelopes = try lines.map { try #require(Envelope(line: Data($0.utf8))) }
            var bare = envelopes[2]
            bare.signatures = []
            try trail.write(lines.dropLast() + [String(decoding: bare.line, as: UTF8.self)])
            #expect(try !EvidenceTrail(verifying: trail.root, against: head).isSound)
            var lent = envelopes[2]
            lent.signatures = envelopes[1].signatures
            try trail.write(lines.dropLast() + [String(decoding: lent.line, as: UTF8.self)])
            let alone = try EvidenceTrail(verifying: trail.root)
            #expect(
                alone.troubles.map(\.description) == [
                    "chain.jsonl:3: this line has a signature that is not of its statement: one of them was changed"
                ])
        }
    }
}
