import Foundation
import Testing

@testable import Evidence

/// `drill-gate` as CI runs it, from a repository and signed evidence to its exit status.
@Suite struct DrillGateTests {
    /// One thing that is not as the gate wants it, and what every reason of the refusal must say.
    struct Breakage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: String
        var making = DrilledSite.Making()
        var afterwards: @Sendable (DrilledSite) throws -> Void = { _ in }

        init(_ name: String, _ reason: String, _ make: (inout DrilledSite.Making) -> Void) {
            (testDescription, self.reason) = (name, reason)
            make(&making)
        }

        /// A later commit that changes a file.
        init(later path: String, _ reason: String) {
            (testDescription, self.reason) = ("\(path) is edited later", reason)
            afterwards = { place in
                let file = "\(place.site.repository)/\(path)"
                let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
                try place.site.commit([path: text + "\nmore\n"])
            }
        }

        /// Files of the evidence that are changed afterwards.
        init(tampered name: String, _ tamper: @escaping @Sendable (inout Data) -> Void) {
            (testDescription, reason) = ("\(name) is changed", "does not verify")
            afterwards = { place in
                let files = try FileManager.default.subpathsOfDirectory(atPath: place.evidence.path)
                for file in files where file.hasSuffix(name) {
                    let file = place.evidence.appending(path: file)
                    var data = try Data(contentsOf: file)
                    tamper(&data)
                    try data.write(to: file)
                }
            }
        }
    }

    private static let day = 86_400.0

    static let breakages = [
        Breakage(later: "Fixtures/lab/CLUSTER_RECOVERY.md", "other: the section's text"),
        Breakage(later: "Fixtures/lab/plays/vault.yml", "other: plays"),
        Breakage(later: "Fixtures/lab/app/app.py", "other: plays"),
        Breakage(later: "Fixtures/lab/image/build.sh", "other: image"),
        Breakage(later: "Drills/VaultSeal.swift", "other: drill"),
        Breakage(later: "Sources/DrillKit/Faults/Seal.swift", "other: harness"),
        Breakage("another section", "other: the section's text") {
            $0.verdict = { $0.section?.sha256 = "0" }
        },
        Breakage("another row", "other: the map's row") { $0.verdict = { $0.mapRowSHA256 = "0" } },
        Breakage("other plays", "other: plays") { $0.record = { $0.digests.plays = "0" } },
        Breakage("no digest of the plays", "other: plays") { $0.record = { $0.digests.plays = nil } },
        Breakage("another parity", "other: parity manifest") { $0.record = { $0.digests.parity = "0" } },
        Breakage("another profile", "never drilled") { $0.verdict = { $0.sandbox.profile = "cluster" } },
        Breakage("a wall lowered", "the wall was lowered on purpose") {
            $0.record = { $0.wallLowered = true }
        },
        Breakage("a wall lowered, by the verdict's word alone", "the wall was lowered on purpose") {
            $0.verdict = { $0.sandbox.wallLowered = true }
        },
        Breakage("a wall unproven", "the wall was not proven") { $0.record = { $0.boundary = [] } },
        Breakage("a wall with a hole", "the wall did not hold: connect") {
            $0.record = { $0.boundary[0].ok = false }
        },
        Breakage("a lab that drifted", "not as declared: Vault") {
            $0.record = { $0.observed = [.init(component: "Vault", prod: nil, expected: "1", observed: "2")] }
        },
        Breakage("a dirty tree", "of a dirty tree") { $0.verdict = { $0.dirty = true } },
        Breakage("a commit from elsewhere", "is not in this repository") {
            $0.verdict = { $0.commit = String(repeating: "0", count: 40) }
        },
        Breakage("an old verdict", "is 40 days old, and the policy takes 35") {
            $0.verdict = { $0.finished = Timestamp(Date(timeIntervalSinceNow: -40 * day)) }
        },
        Breakage("a verdict of tomorrow", "ended in the future") {
            $0.verdict = { $0.finished = Timestamp(Date(timeIntervalSinceNow: day)) }
        },
        Breakage("an unknown key", "which is not trusted") { $0.isSignedByStranger = true },
        Breakage("no key", "was signed by nobody") { $0.isSigned = false },
        Breakage("nothing drilled", "it was never drilled") { $0.cases = [] },
        Breakage("a case left out", "it was never drilled") { $0.cases = ["one"] },
        Breakage("a case cut off", "is unproven: \(Verdict.cutOff)") {
            ($0.cases, $0.begun) = (["one"], ["two"])
        },
        Breakage("a fault unproven", "is unproven: the fault never took effect") {
            $0.verdict = { ($0.result, $0.reason) = (.unproven, "the fault never took effect") }
        },
        Breakage("a failure", "failed: a write is lost") {
            $0.verdict = { ($0.result, $0.reason) = (.failed, "a write is lost") }
        },
        Breakage("a stand-in without a grant", "OpenBao 2.7.2 stands in for Vault, which does not count") {
            $0.policy = "maxAgeDays: 35\n"
        },
        Breakage("a grant that ended", "granted ended on 2020-01-31") {
            $0.policy = DrilledSite.policy.replacing("2999-12-31", with: "2020-01-31")
        },
        Breakage("a fault that the stand-in cannot represent", "cannot represent \"seal\" for class vault") {
            $0.parity += "    cannotRepresent: [\"seal*\"]\n"
        },
        Breakage(
            "a stand-in that nobody declared", "dnsmasq stands in for DNS, which parity.yml does not declare"
        ) {
            $0.verdict = {
                $0.sandbox.substitutions.append(.init(component: "DNS", standIn: "dnsmasq", reason: "r"))
            }
        },
        Breakage("silence about a stand-in", "does not say what stood in for Vault") {
            $0.verdict = { $0.sandbox.substitutions = [] }
        },
        Breakage(tampered: "journal.jsonl") { $0[$0.count / 2] ^= 1 },
        Breakage(tampered: "verdict.json") {
            $0 = Data(String(decoding: $0, as: UTF8.self).replacing("225", with: "5").utf8)
        },
    ]

    /// The decision as CI reads it.
    private struct Told: Decodable {
        struct Drill: Decodable {
            struct Case: Decodable { var missing: [String] }
            var cases: [Case]
        }
        var decision: String
        var reasons: [String]
        var drills: [Drill]
        var all: [String] { reasons + drills.flatMap(\.cases).flatMap(\.missing) }
    }

    private func told(_ place: DrilledSite, _ options: String...) async throws -> (exit: Int32, told: Told) {
        var program = place.site.program
        program.environment["CI"] = "true"
        program.path = Program.path(of: "drill-gate")
        let ended = try await program.run(["--base", "base", "--json"] + options)
        #expect(ended.err.isEmpty)
        return (ended.exit, try JSONDecoder().decode(Told.self, from: Data(ended.out.utf8)))
    }

    @Test func `accepts what was drilled as it is, and words about it`() async throws {
        let place = try await DrilledSite()
        defer { place.remove() }
        let first = try await told(place)
        #expect(first.exit == 0 && first.told.decision == "accept" && first.told.all == [])
        try place.site.commit(["README.md": "Words.\n"])
        #expect(try await told(place).exit == 0, "documentation makes nothing old")
    }

    @Test(arguments: breakages)
    func `refuses for this reason alone`(breakage: Breakage) async throws {
        let place = try await DrilledSite(breakage.making)
        defer { place.remove() }
        try breakage.afterwards(place)
        let (exit, told) = try await told(place)
        #expect(exit == 1 && told.decision == "refuse")
        #expect(!told.all.isEmpty && told.all.allSatisfy { $0.contains(breakage.reason) }, "\(told.all)")
    }

    @Test func `a chain that is edited, or cut where a head was kept, counts for nothing`() async throws {
        let place = try await DrilledSite()
        defer { place.remove() }
        let head = place.site.program.scratch + "/head.json"
        var program = place.site.program
        program.environment["DRILL_KEY"] = "\(place.site.program.scratch)/keys/operator"
        try await program.run(["head"]).out.write(toFile: head, atomically: true, encoding: .utf8)
        #expect(try await told(place, "--trusted-head", head).exit == 0)
        let chain = place.evidence.appending(path: ChainLog.name)
        let whole = try Data(contentsOf: chain)
        let lines = whole.split(separator: UInt8(ascii: "\n"))
        try Data(lines.dropLast().map { $0 + [UInt8(ascii: "\n")] }.joined()).write(to: chain)
        let cut = try await told(place, "--trusted-head", head)
        #expect(cut.exit == 1 && cut.told.reasons.contains { $0.contains("those at the end were removed") })
        try Data(lines.dropFirst().map { $0 + [UInt8(ascii: "\n")] }.joined()).write(to: chain)
        let edited = try await told(place)
        #expect(edited.exit == 1 && edited.told.reasons.allSatisfy { $0.contains("does not verify") })
        #expect(!edited.told.reasons.isEmpty)
    }
}
