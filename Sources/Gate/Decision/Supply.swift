/// What would supply what is missing, as commands and deeds, each on a line.
enum Supply {
    /// For a decision; `digest` names what a person decides on, where something is.
    static func lines(for decision: Decision, digest: String?) -> [String] {
        var lines: [String] = []
        let missing = decision.drills.filter { !$0.missing.isEmpty }
        func drills(_ remedies: Set<Obstacle.Remedy>) -> [DrillFinding] {
            missing.filter { $0.missing.contains { $0.obstacles.contains { remedies.contains($0.remedy) } } }
        }
        for profile in Set(drills([.drill, .sign]).map(\.profile)).sorted() {
            let own = drills([.drill, .sign]).filter { $0.profile == profile }
            let names = own.map(\.drill).joined(separator: "|")
            let other = profile == "lab" ? "" : " DRILL_PROFILE=\(profile)"
            let signed = own.contains { $0.missing.contains { $0.obstacles.contains { $0.remedy == .sign } } }
            lines.append(
                "commit everything, then: make drill FILTER='\(names)'\(other)"
                    + (signed ? ", with a key of \(Law.keysFolder) (docs/evidence.md)" : ""))
        }
        if !drills([.fetch]).isEmpty {
            lines.append("fetch the commits that the evidence was made at: git fetch")
        }
        if !drills([.faithfulness]).isEmpty {
            lines.append(
                "drill in a profile that has the real thing; or a person grants the stand-in in "
                    + "\(Law.policyFile) of the base, with reason, owner and expiry")
        }
        if let digest {
            lines.append("a person who has read these files decides on them: add --decided \(digest)")
        }
        return lines
    }
}
