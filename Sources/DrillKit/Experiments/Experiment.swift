import Foundation

/// What a drill does, declared once: for the suite that runs it, and for whoever asks or tries it by hand.
public struct Experiment: Sendable {
    /// Its name: the suite's under `Drills/`, and the drill's in RECOVERY_MAP.md.
    public let name: String
    /// What goes wrong, in one sentence.
    public let breaks: String
    /// What must not have happened for it to pass, in one sentence.
    public let fails: String
    /// How long one step of the section may take before it is cut off.
    public let stepDeadline: Duration
    /// The ways in which it goes wrong; each starts from a freshly restored lab.
    public let cases: [ExperimentCase]

    /// The cases that are asked for: all of them, or those that CASES names, as RECOVERY_MAP.md writes them (`one; another`).
    public var asked: [ExperimentCase] { asked(by: ProcessInfo.processInfo.environment) }

    func asked(by environment: [String: String]) -> [ExperimentCase] {
        let names = Self.names(environment["CASES"] ?? "")
        return names.isEmpty ? cases : cases.filter { names.contains($0.name) }
    }

    /// The drills that have a case of those which a text names as CASES does; all where it names none.
    ///
    /// - Throws: ``DrillError`` where no drill has one of them: a case that is mistyped would be left out in silence.
    public static func having(_ text: String) throws -> [Experiment] {
        let names = names(text)
        for name in names where !all.contains(where: { $0.cases.contains { $0.name == name } }) {
            throw DrillError(
                "no drill has a case \"\(name)\"", lastSeen: "CASES: \(text)",
                next:
                    "`drillctl explain DRILL` lists a drill's cases; name them whole, with a semicolon between two"
            )
        }
        return names.isEmpty ? all : all.filter { $0.cases.contains { names.contains($0.name) } }
    }

    private static func names(_ text: String) -> [String] {
        text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Every drill there is.
    public static let all: [Experiment] = [
        vaultSeal, nodeKill, nodeLoss, powerCut, databaseDrop, storageCorruption, diskTrouble,
        totalLoss,
    ]

    init(
        name: String, breaks: String, fails: String, stepDeadline: Duration = .seconds(240),
        cases: [ExperimentCase]
    ) {
        self.name = name
        self.breaks = breaks
        self.fails = fails
        self.stepDeadline = stepDeadline
        self.cases = cases
    }

    /// The drill of a name.
    ///
    /// - Throws: ``DrillError`` with the names of those there are.
    public static func named(_ name: String) throws -> Experiment {
        guard let found = all.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw DrillError(
                "no drill is called \(name)", lastSeen: "drills: \(all.map(\.name).joined(separator: ", "))",
                next: "name one of these")
        }
        return found
    }

    /// The first case whose name holds a text, whatever its letters' case.
    ///
    /// - Throws: ``DrillError`` with the names of those there are.
    public func one(matching text: String) throws -> ExperimentCase {
        guard let found = cases.first(where: { $0.name.lowercased().contains(text.lowercased()) }) else {
            throw DrillError(
                "\(name) has no case like \"\(text)\"",
                lastSeen: "cases: \(cases.map(\.name).joined(separator: "; "))", next: "name one of these")
        }
        return found
    }
}

/// One way in which an experiment goes wrong.
public struct ExperimentCase: Sendable, CustomStringConvertible {
    /// Its name, as verdicts and RECOVERY_MAP.md have it.
    public let name: String
    /// The machine that is made Vault's leader before the fault.
    public let leader: String
    /// What goes wrong.
    public let fault: any Fault
    /// How long the clients write before it: long enough to hold backups to what they concede.
    public var history: Duration
    /// Whether the off-site box takes its copies all the while; it costs the machines time, so only where it is needed.
    public let isKeptOffsite: Bool
    /// What goes wrong once more while the section is followed; nil for most cases.
    public var relapse: Relapse?
    /// What the section must say of a loss that nobody can bring back; nil where nothing need be lost.
    public var report: LossReport?
    /// How the lab heals by itself, in words; nil for most cases.
    ///
    /// What is whole is judged all the same, redundancy included, and the section is still to find that out.
    public let healsItself: String?

    /// A history in which each store has acknowledged something of late, the slowest of them (``Lab/doors``) twice.
    static let shortHistory = Duration.seconds(20)

    /// How far a clock is behind that has no battery and was off for long, as far as systemd lets it.
    static let clockLag = Duration.seconds(365 * 24 * 3600)

    init(
        name: String, leader: String, fault: any Fault, history: Duration = .zero,
        isKeptOffsite: Bool = false, relapse: Relapse? = nil, report: LossReport? = nil,
        healsItself: String? = nil
    ) {
        self.name = name
        self.leader = leader
        self.fault = fault
        self.history = history
        self.isKeptOffsite = isKeptOffsite
        self.relapse = relapse
        self.report = report
        self.healsItself = healsItself
    }

    /// Its name: how Swift Testing calls it.
    public var description: String { name }
}

/// What a section must say of writes that nobody can bring back: one that hides a loss has failed.
public struct LossReport: Sendable {
    /// Words that one of its steps must print.
    public let words: String
    /// Whether more may be gone than the map allows, because something else was broken before that nobody had noticed.
    public let isBeyondTheMap: Bool
}

/// A fault that strikes again in the middle of the recovery, after which the section is begun anew.
public struct Relapse: Sendable {
    /// Words of the step that is the last one done before it.
    public let after: String
    /// What goes wrong.
    public let fault: any Fault
}
