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

    /// The folders and files that make it up, below the repository; none for those that have digests of their own.
    func paths(profile: String) -> [String] {
        let folder = "Fixtures/\(profile)"
        return switch self {
        case .section, .mapRow: []
        case .plays: ["plays", "inventory", "ansible.cfg", "app"].map { "\(folder)/\($0)" }
        case .image: ["image", "tools"].map { "\(folder)/\($0)" }
        case .parity: ["\(folder)/parity.yml"]
        case .drill: ["Drills", "Sources/DrillKit/Experiments"]
        case .harness:
            ["Package.swift", "Sources"]
                + ["human.yml", "offsite"].map { "\(folder)/\($0)" }
        }
    }

    /// Rooms that no verdict comes out of.
    static let bystanders = ["Sources/Gate", "Sources/Report", "Sources/drill-gate", "Sources/drillctl"]

    /// Whether a file is part of it.
    func holds(_ path: String, profile: String) -> Bool {
        func lies(_ folders: [String]) -> Bool { folders.contains { path == $0 || path.hasPrefix($0 + "/") } }
        guard lies(paths(profile: profile)) else { return false }
        return self != .harness || !lies(Self.bystanders + Material.drill.paths(profile: profile))
    }
}
