/// RECOVERY_MAP.md: which drill plays which section, within which budgets, and how it went last.
public struct RecoveryMap: Sendable {
    /// One drill of one section in one profile.
    public struct Row: Sendable, Hashable {
        /// The map's file name, for messages.
        public let file: String
        /// The row's line.
        public let line: Int
        /// The folder under `Fixtures/` it is for, for example `lab`.
        public let profile: String
        /// The section's title, white space normalised.
        public let section: String
        /// The suite that plays it, for example `VaultSeal`.
        public let drill: String
        /// The cases of the suite, in the map's order; at least one.
        public let cases: [String]
        /// The change classes that the drill covers; at least one.
        public let changeClasses: [ChangeClass]
        /// How long the recovery may take.
        public let recoveryBudget: RecoveryBudget
        /// How much may be lost.
        public let lossBudget: LossBudget
        /// The section's digest when it was drilled last, 64 lower-case hex digits; nil before that.
        public let sectionSHA256: String?
        /// The last verdict as the map has it; nil before the first.
        public let lastVerdict: String?
        /// The date of the last verdict as the map has it.
        public let date: String?
        /// The last recovery time as the map has it.
        public let recovery: String?
        /// Where the four columns stand that the drills write, counted from 0, in the order of `Written`.
        let writtenPlaces: [Int]
    }

    /// The file's name for messages, for example `RECOVERY_MAP.md`.
    public let name: String
    /// The path it was read from; the name where it was made from a text.
    public let path: String
    /// The rows of all its tables, in the order of their lines.
    public let rows: [Row]
    /// The sections that are waived, in the order of their lines.
    public let waivers: [Waiver]

    /// Reads a map from a file; throws everything that is wrong in it, by line.
    public init(contentsOf path: String) throws(RunbookError) {
        let name = String(path.split(separator: "/").last ?? "")
        try self.init(text: FileText.read(path), name: name.isEmpty ? path : name, path: path)
    }

    /// Reads a map from a text.
    ///
    /// Every table with a column "drill" is part of the map, every other with a column "waived until" lists
    /// waivers; the rest is for people. Throws for a missing or repeated column, an empty cell that must not be, an
    /// unknown change class, a bad budget, digest or day, a second row for the same profile, section and drill, and
    /// a second waiver for the same profile and section.
    public init(text: String, name: String) throws(RunbookError) {
        try self.init(text: text, name: name, path: name)
    }

    private init(text: String, name: String, path: String) throws(RunbookError) {
        var reader = RecoveryMapReader(text: text, name: name)
        (rows, waivers) = try reader.read()
        self.name = name
        self.path = path
    }

    /// The row of a drill in a profile.
    ///
    /// Throws where there is none, or where the drill plays several sections: then ask with the section.
    public func row(profile: String, drill: String, section: String? = nil) throws(RunbookError) -> Row {
        let found = rows(profile: profile).filter {
            $0.drill == drill && (section == nil || $0.section == section?.whitespaceNormalised)
        }
        if found.count == 1 { return found[0] }
        let what = "drill \(drill)" + (section.map { " of section \"\($0)\"" } ?? "")
        if found.isEmpty {
            throw RunbookError(file: path, "no row has \(what) in profile \(profile); add one")
        }
        let lines = found.map { "\($0.line)" }.joined(separator: " and ")
        throw RunbookError(
            file: name, line: found[1].line,
            "\(what) has several rows in profile \(profile), at lines \(lines); say which section")
    }

    /// The rows of a profile, in the order of their lines.
    public func rows(profile: String) -> [Row] {
        rows.filter { $0.profile == profile }
    }
}
