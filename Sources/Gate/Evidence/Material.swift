public import Evidence

/// What a verdict is about: it counts for these and for no others.
public enum Material: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
    /// The text of the runbook's section.
    case section
    /// The row's columns in the map that people edit.
    case mapRow
    /// The plays, and what else configures the guests.
    case plays
    /// What the machines' image is made of.
    case image
    /// The parity manifest.
    case parity
    /// The drills and their cases.
    case drill
    /// What runs them.
    case harness

    /// The subject of a statement whose digest is compared with what a change holds.
    ///
    /// Nil for those that are compared by what git has at the statement's commit: of the harness not every room counts,
    /// of the drills all do, and an image's digest is also of tools that are no part of the repository.
    public var subject: Statement.Subject? {
        switch self {
        case .section: .section
        case .mapRow: .mapRow
        case .plays: .plays
        case .parity: .parity
        case .image, .drill, .harness: nil
        }
    }

    /// The folders and files that make it up, below the repository; none for those that are part of a file.
    func paths(profile: String) -> [String] {
        let folder = "Fixtures/\(profile)"
        return switch self {
        case .section, .mapRow: []
        case .plays: SourceDigest.provisioning.map { "\(folder)/\($0)" }
        case .image: ["image", "tools"].map { "\(folder)/\($0)" }
        case .parity: ["\(folder)/parity.yml"]
        case .drill: ["Drills", "Sources/DrillKit/Experiments"]
        case .harness: SourceDigest.harness + ["\(folder)/human.yml", "\(folder)/offsite"]
        }
    }

    /// Rooms that no verdict comes out of; every other one counts.
    static let bystanders = ["GameDay", "Gate", "Report", "drill-gate", "drillctl"]

    /// Whether a file is part of it.
    func holds(_ path: String, profile: String) -> Bool {
        func lies(_ folders: [String]) -> Bool { folders.contains { path == $0 || path.hasPrefix($0 + "/") } }
        guard lies(paths(profile: profile)) else { return false }
        let others = Self.bystanders.map { "Sources/\($0)" } + Material.drill.paths(profile: profile)
        return self != .harness || !lies(others)
    }
}
