public import Evidence
public import Foundation
public import Machines

/// What a game day must know after a crash: little, since its verdicts lie in the evidence and name it.
public struct GameDayState: Sendable, Codable, Equatable {
    /// The form of the file.
    public static let currentSchema = "drill-gameday/1"

    /// The form of the file, `drill-gameday/1`.
    public var schema = GameDayState.currentSchema
    /// Its name: the moment at which it began.
    public var id: String
    /// When it began.
    public var started: Timestamp
    /// What it drills.
    public var binding: GameDayBinding
    /// When it came to its end; nil until then.
    public var finished: Timestamp?
    /// The drills that run for it; nil while none do.
    public var running: ProcessIdentity?
    /// Of sections whose cases all passed, whose drills ended badly all the same: how, and where to look; nil where none did.
    public var troubles: [String]?

    /// A game day that begins now.
    public init(binding: GameDayBinding, started: Timestamp = .now) {
        self.started = started
        self.binding = binding
        id = started.compact + "Z"
    }
}

/// The game days of an evidence folder, each with a folder of its own under `gameday/`.
public struct GameDayShelf: Sendable {
    /// The folder that holds them.
    public let root: URL

    /// The shelf of a store; nothing is made yet.
    public init(of store: EvidenceStore) { root = store.root.appending(path: "gameday") }

    /// Held by whatever drills for a game day.
    var lock: URL { root.appending(path: ".lock") }

    /// The folder of a game day.
    public func folder(of state: GameDayState) -> URL { root.appending(path: state.id) }

    /// The game day that began last; nil where there is none.
    ///
    /// Throws `GameDayError` when its file cannot be read: what it had come to must not be forgotten silently.
    public func latest() throws -> GameDayState? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        guard let name = names.filter({ !$0.hasPrefix(".") }).max() else { return nil }
        let file = root.appending(path: "\(name)/state.json")
        do {
            return try JSONDecoder().decode(GameDayState.self, from: Data(contentsOf: file))
        } catch {
            throw GameDayError(
                "the game day \(name) cannot be read: \(file.path)",
                next: "begin a new one with: drillctl gameday --new")
        }
    }

    /// Writes a game day's file, whole or not at all.
    public func save(_ state: GameDayState) throws {
        try FileManager.default.createDirectory(at: folder(of: state), withIntermediateDirectories: true)
        try EvidenceJSON.pretty.encode(state).write(
            to: folder(of: state).appending(path: "state.json"), options: .atomic)
    }
}

/// Why a game day cannot begin or go on: what, and what to do next.
public struct GameDayError: Error, CustomStringConvertible {
    /// The whole message.
    public let description: String

    init(_ what: String, next: String) { description = "\(what); next: \(next)" }
}
