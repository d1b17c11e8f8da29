import Runbooks

/// Which change classes a change touches, and what no evidence can make up for.
struct Classification: Sendable, Equatable {
    /// Why a class is touched.
    struct Touch: Sendable, Hashable {
        let changeClass: ChangeClass
        let path: String
        let why: String
    }

    /// Every touch, in the order of the files and rules.
    private(set) var touches: [Touch] = []
    /// What cannot be judged at all, each with its path.
    private(set) var troubles: [String] = []
    /// The paths that a person decides on, in the order of the files.
    private(set) var toDecide: [String] = []

    /// The classes that are touched.
    var classes: Set<ChangeClass> { Set(touches.map(\.changeClass)) }

    init(of change: Change, by law: Law) {
        // Compiled once for all files.
        let rules = law.rules.rules.map { (rule: $0, expression: $0.expression) }
        for file in change.files where file.renamedFrom != nil || !law.map.isWrittenByDrills(file) {
            classify(file, by: rules)
        }
    }

    private mutating func classify(
        _ file: ChangedFile, by rules: [(rule: Rules.Rule, expression: Regex<AnyRegexOutput>?)]
    ) {
        for path in [file.renamedFrom, file.path].compactMap(\.self) {
            if let trouble = PathTrouble.of(path) {
                troubles.append("\(path.debugDescription) \(trouble)")
                continue
            }
            let isArriving = path == file.path && !file.isDeleted
            let about = rules.filter { $0.rule.isAbout(path) }
            var isKnown = false
            for (rule, expression) in about where rule.content == nil || file.holds(expression) {
                isKnown = true
                for changeClass in rule.classes { touch(changeClass, path, rule.why) }
                if rule.needsDecision, !toDecide.contains(path) { toDecide.append(path) }
            }
            if isArriving, let trouble = file.modeTrouble {
                troubles.append("\(path) \(trouble)")
            } else if !isKnown {
                troubles.append("no rule of \(Law.rulesFile) knows \(path)")
            }
            if isArriving, file.isUnseen, about.contains(where: { $0.rule.content != nil }) {
                troubles.append("what \(path) holds cannot be seen in the diff, so it may be of any class")
                for changeClass in ChangeClass.allCases { touch(changeClass, path, "cannot be seen") }
            }
        }
    }

    private mutating func touch(_ changeClass: ChangeClass, _ path: String, _ why: String) {
        let touch = Touch(changeClass: changeClass, path: path, why: why)
        if !touches.contains(touch) { touches.append(touch) }
    }
}

extension ChangedFile {
    /// Whether one of the changed lines holds what an expression looks for.
    fileprivate func holds(_ expression: Regex<AnyRegexOutput>?) -> Bool {
        guard let expression else { return false }
        return (removed + added).contains { $0.contains(expression) }
    }
}

extension RecoveryMap {
    /// Whether a change of this map is in nothing but the columns that the drills write.
    func isWrittenByDrills(_ file: ChangedFile) -> Bool {
        guard file.path == Law.mapFile, !file.isNew, !file.isDeleted, !file.isUnseen,
            file.oldMode == file.newMode, !file.added.isEmpty,
            // A row that moved out of its table is none any more.
            file.removedAt == file.addedAt
        else { return false }
        return zip(file.removed, file.added).allSatisfy(differOnlyInWrittenColumns)
    }
}
