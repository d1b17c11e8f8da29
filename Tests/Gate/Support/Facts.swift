import Evidence
import Foundation
import Runbooks

@testable import Gate

/// Evidence for a change of the corpus, as its header calls it.
struct Facts {
    let law: Law
    static let now = Date(timeIntervalSince1970: 1_795_600_000)

    /// The rules of this repository, and a map, a policy and a parity manifest that stay as they are.
    static let shared = Result { try readLaw() }

    /// Reads them, with something changed about the text of one: of the map, if no other.
    static func readLaw(
        changing changed: String = Law.mapFile, _ change: (String) -> String = { $0 }
    ) throws -> Law {
        let checkout = CorpusEntry.folder.deletingLastPathComponent().deletingLastPathComponent()
        return try Law { path throws(GateError) in
            let frozen = CorpusEntry.folder.appending(path: "Law/\(path.split(separator: "/").last ?? "")")
            let file = path == Law.rulesFile ? checkout.appending(path: path) : frozen
            guard let data = FileManager.default.contents(atPath: file.path) else {
                throw GateError("there is no \(file.path)")
            }
            let text = String(decoding: data, as: UTF8.self)
            return path.hasSuffix(changed) ? change(text) : text
        }
    }

    /// What a row has, each material changed that one of these files is part of.
    static func materials(
        _ row: RecoveryMap.Row, touching paths: [String], sections: String
    ) -> [Material: String] {
        var materials: [Material: String] = [:]
        for material in Material.allCases {
            let isTouched =
                paths.contains { material.holds($0, profile: row.profile) }
                || (material == .section && sections.contains(row.section))
            materials[material] = isTouched ? "changed" : "as before"
        }
        return materials
    }

    /// The verdicts that the word `evidence` of a header stands for.
    func verdicts(_ evidence: String, touching paths: [String], sections: String) throws -> [ProvenVerdict] {
        if evidence == "none" { return [] }
        let words = evidence.components(separatedBy: ", ")
        let isAfter = words[0] == "after"
        let missing = words.dropFirst().first { $0.hasPrefix("but not ") }?.dropFirst(8)
        var verdicts: [ProvenVerdict] = []
        for row in law.map.rows {
            for name in row.cases where missing.map({ $0 != "\(row.drill)/\(name)" }) ?? true {
                var verdict = ProvenVerdict(
                    run: "r1", profile: row.profile, drill: row.drill, case: name)
                verdict.result = .passed
                verdict.reason = "whole again"
                verdict.faultKind = row.drill == "PowerCut" ? "power cut" : "vault killed"
                verdict.faultConfirmed = true
                verdict.commit = "c1"
                verdict.dirty = false
                verdict.materials = Self.materials(
                    row, touching: isAfter ? paths : [], sections: isAfter ? sections : "")
                verdict.isTrusted = true
                verdict.signer = "operator"
                verdict.substitutions = Self.substitutions
                verdict.wallTrouble = nil
                verdict.finished = Self.now.addingTimeInterval(-3600)
                verdicts.append(verdict)
            }
        }
        for word in words.dropFirst() { Self.spoil(&verdicts, word) }
        return verdicts
    }

    private static func spoil(_ verdicts: inout [ProvenVerdict], _ word: String) {
        func each(_ change: (inout ProvenVerdict) -> Void) {
            for index in verdicts.indices { change(&verdicts[index]) }
        }
        switch word {
        case "unsigned": each { ($0.isTrusted, $0.signer) = (false, nil) }
        case "foreign key": each { ($0.isTrusted, $0.signer) = (false, "mallory") }
        case "dirty": each { $0.dirty = true }
        case "old": each { $0.finished = now.addingTimeInterval(-36 * 86_400) }
        case "future": each { $0.finished = now.addingTimeInterval(7_200) }
        case "wall lowered": each { $0.wallTrouble = "the wall was lowered on purpose" }
        case "failed":
            var later = verdicts
            for index in later.indices { later[index].result = .failed }
            verdicts += later
        case "unproven": each { ($0.result, $0.reason, $0.finished) = (.unproven, Verdict.cutOff, nil) }
        case "none began": verdicts = []
        case "unconfirmed": each { $0.faultConfirmed = false }
        case "drifted": each { $0.drift = ["Vault"] }
        case "other profile": each { $0.profile = "cluster" }
        case "unknown stand-in":
            each { $0.substitutions.append(.init(component: "DNS", standIn: "dnsmasq", reason: "r")) }
        case "unknown commit": each { $0.materials = nil }
        default: break
        }
    }

    /// What the lab's verdicts declare.
    static let substitutions = [
        Substitution(component: "nodes", standIn: "three QEMU machines 3 x x86_64", reason: "r"),
        Substitution(component: "Vault", standIn: "OpenBao 2.7.2", reason: "r"),
        Substitution(component: "k3s", standIn: nil, reason: "r"),
        Substitution(
            component: "Longhorn",
            standIn: "GlusterFS, replica 3 with quorum, bitrot detection and self-heal 10.3", reason: "r"),
        Substitution(component: "Vault Secrets Operator", standIn: nil, reason: "r"),
        Substitution(
            component: "PostgreSQL", standIn: "PostgreSQL, Debian's package under systemd 15", reason: "r"),
    ]
}
