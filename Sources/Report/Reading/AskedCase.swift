import Evidence

/// A case that was to be drilled: a report tells of it also where nothing of it was begun.
public struct AskedCase: Hashable, Sendable {
    let profile: String
    let drill: String
    let name: String

    /// Names a case as RECOVERY_MAP.md does.
    public init(profile: String, drill: String, case name: String) {
        self.profile = profile
        self.drill = drill
        self.name = name
    }

    init(of verdict: Verdict) {
        self.init(profile: verdict.sandbox.profile, drill: verdict.drill, case: verdict.case)
    }
}

/// What was found of the cases that were to be drilled.
struct Attendance {
    /// The places, among the attempts, of those that count.
    private(set) var counting: Set<Int>
    /// The cases of which there is no attempt.
    private(set) var neverBegun: [AskedCase] = []

    /// Holds attempts, oldest first, against what was asked; each counts where nothing was asked in particular.
    init(_ attempts: [Verdict], asked: [AskedCase]) {
        counting = Set(attempts.indices)
        guard !asked.isEmpty else { return }
        let places = Dictionary(grouping: attempts.indices) { AskedCase(of: attempts[$0]) }
        counting = Set(
            places.values.compactMap { places in places.map { attempts[$0] }.answer.map { places[$0] } })
        neverBegun = asked.filter { places[$0] == nil }
    }
}
