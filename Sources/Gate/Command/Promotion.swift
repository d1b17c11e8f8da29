import Evidence
import Foundation
import Runbooks

/// One judgement: a repository, a base and a trail of evidence, put before the gate.
struct Promotion {
    let repository: Repository
    /// The commits that were compared.
    let base: String
    let head: String
    let decision: Decision
    private let isDecided: Bool

    init(
        repository folder: String, base revision: String, evidence: String?, trustedHead: String?,
        requiresSignature: Bool, decided: String?, asked: Set<ChangeClass>
    ) throws {
        let repository = try Repository(around: folder)
        let base = try repository.commit(revision)
        let head = try repository.commit("HEAD")
        let change = try repository.change(from: base, to: head)
        let lawOfBase = try Self.law(in: repository, at: base)
        let toDecide = Classification(of: change, by: lawOfBase).toDecide
        // A person's decision is on contents, so a later commit does not inherit it.
        let isDecided = try !toDecide.isEmpty && decided == repository.digest(of: toDecide, at: head)
        let lawful = isDecided ? head : base
        let keys = try Self.keys(in: repository, at: lawful)
        let kept = try trustedHead.map { try ChainHead(contentsOf: URL(filePath: $0)) }
        let trail = try TrailReader(repository: repository).read(
            evidence.map { URL(filePath: $0) } ?? EvidenceStore.standard(in: repository.path).root,
            trusting: keys, against: kept)
        var gate = PromotionGate(
            law: isDecided ? try Self.law(in: repository, at: head) : lawOfBase, verdicts: trail.verdicts,
            requiresSignature: requiresSignature, isDecided: isDecided, asked: asked, now: Date(),
            materials: try Self.materials(in: repository, at: head))
        gate.evidenceTroubles = trail.troubles
        (self.repository, self.base, self.head, self.isDecided) = (repository, base, head, isDecided)
        decision = try gate.decide(change)
    }

    /// What would supply what is missing.
    func supply() throws -> [String] {
        let mustDecide = !decision.toDecide.isEmpty && !isDecided
        return Supply.lines(
            for: decision, digest: mustDecide ? try repository.digest(of: decision.toDecide, at: head) : nil)
    }

    private static func law(in repository: Repository, at commit: String) throws(GateError) -> Law {
        try Law { path throws(GateError) in
            guard let text = try repository.text(path, at: commit) else {
                throw GateError(
                    "there is no \(path) at \(commit.prefix(12)); without it nothing can be decided: docs/gate.md"
                )
            }
            return text
        }
    }

    private static func keys(in repository: Repository, at commit: String) throws -> Set<PublicKey> {
        var keys: Set<PublicKey> = []
        for file in try repository.names(in: Law.keysFolder, at: commit) where file.hasSuffix(".pub") {
            guard let text = try repository.text(file, at: commit), let key = PublicKey(pem: text) else {
                throw GateError("\(file) at \(commit.prefix(12)) is no public key of 'drillctl key new'")
            }
            keys.insert(key)
        }
        return keys
    }

    /// What a commit has for the rows of a map: its runbooks' sections, its map's rows, its files.
    private static func materials(
        in repository: Repository, at commit: String
    ) throws -> @Sendable (RecoveryMap.Row) -> [Material: String] {
        let map = try repository.text(Law.mapFile, at: commit).flatMap {
            try? RecoveryMap(text: $0, name: Law.mapFile)
        }
        let profiles = try repository.names(in: "Fixtures", at: commit).map { String($0.dropFirst(9)) }
        var runbooks: [String: Runbook] = [:]
        var files: [String: [Material: String]] = [:]
        for profile in profiles {
            let text = try repository.text("Fixtures/\(profile)/CLUSTER_RECOVERY.md", at: commit)
            runbooks[profile] = text.flatMap { try? Runbook(text: $0, name: "CLUSTER_RECOVERY.md") }
            files[profile] = try repository.materials(at: commit, profile: profile).merging(
                repository.subjects(at: commit, profile: profile)
            ) { $1 }
        }
        return { [runbooks, files] row in
            var materials = files[row.profile] ?? [:]
            materials[.section] = (try? runbooks[row.profile]?.section(titled: row.section))?.sha256
            materials[.mapRow] =
                (try? map?.row(profile: row.profile, drill: row.drill, section: row.section))?.sha256
            return materials
        }
    }
}
