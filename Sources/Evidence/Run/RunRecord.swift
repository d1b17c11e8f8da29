public import Foundation

/// What a whole run took place in and on: the content of `run.json`.
///
/// It is written when the run opens and again whenever more is known. What is not known is left out.
public struct RunRecord: Codable, Sendable, Equatable {
    /// The schema that this code writes.
    public static let currentSchema = "drill-run/1"

    /// The form of this file, `drill-run/1`.
    public var schema: String
    /// The run's name, which is its folder's; given by the store when the run opens.
    public internal(set) var id: String
    /// What its evidence is about; absent in runs from before it was recorded.
    public var shelf: EvidenceShelf?
    /// When the run opened.
    public var started: Timestamp
    /// The computer that it ran on.
    public var host: Host
    /// How guests' instructions were run, and what was tried before.
    public var accelerator: Accelerator?
    /// What made the machines.
    public var provider: String?
    /// The lab's profile.
    public var profile: String?
    /// What stood in for parts of prod.
    public var substitutions: [Substitution]
    /// What was observed in the guests, against prod and against what the profile declares.
    public var observed: [ParityObservation]
    /// The commit of the checkout; absent outside one.
    public var commit: String?
    /// Whether the checkout differed from that commit.
    public var dirty: Bool?
    /// What went into the run, by content.
    public var digests: Digests
    /// The proof that nothing outside could be reached, one look each.
    public var boundary: [BoundaryCheck]
    /// Whether somebody lowered the wall on purpose.
    public var wallLowered: Bool
    /// The game day that the run is part of; absent for one by itself.
    public var gameDay: String?

    /// The record with which a run begins: the host, and nothing else known.
    public init(host: Host = .current, started: Timestamp = .now) {
        schema = RunRecord.currentSchema
        id = ""
        self.started = started
        self.host = host
        substitutions = []
        observed = []
        digests = Digests()
        boundary = []
        wallLowered = false
    }

    /// Reads a run's folder; throws ``EvidenceError`` when `run.json` is missing or is not what this code writes.
    public init(run folder: URL) throws {
        let file = folder.appending(path: CaseFiles.run)
        do {
            self = try EvidenceJSON.decoder.decode(RunRecord.self, from: Data(contentsOf: file))
        } catch {
            throw EvidenceError(.unreadable, "\(file.path) cannot be read: \(DecodingTrouble.text(error))")
        }
        guard schema == RunRecord.currentSchema else {
            throw EvidenceError(
                .unreadable, "\(file.path) has the schema '\(schema)', not '\(RunRecord.currentSchema)'")
        }
    }
}

/// SHA-256 digests, in lower-case hexadecimal, of what went into a run; absent until known.
public struct Digests: Codable, Sendable, Equatable {
    /// What configured the guests: plays, inventory, Ansible's settings and the app, without the image.
    public var plays: String?
    /// What the machine image was built from: its key in the cache.
    public var image: String?
    /// The parity manifest.
    public var parity: String?
    /// The runbook, whole.
    public var runbook: String?
    /// The checkpoint that was restored.
    public var checkpoint: String?
    /// The harness's sources: `Package.swift` and everything under `Sources/`.
    public var harness: String?

    /// Takes the digests that are known.
    public init(
        plays: String? = nil, image: String? = nil, parity: String? = nil, runbook: String? = nil,
        checkpoint: String? = nil, harness: String? = nil
    ) {
        self.plays = plays
        self.image = image
        self.parity = parity
        self.runbook = runbook
        self.checkpoint = checkpoint
        self.harness = harness
    }
}
