import Evidence
import Runbooks

/// A decision as a person reads it.
enum DecisionText {
    static func text(of decision: Decision, supply: [String]) -> String {
        let classes = decision.classes.map(\.rawValue).joined(separator: ", ")
        let what =
            "\(decision.files) \(decision.files == 1 ? "file" : "files")"
            + (classes.isEmpty ? ", nothing that a drill could show" : " of class \(classes)")
        var lines = ["\(decision.isAccepted ? "accepted" : "refused"): \(what)"]
        if !decision.touches.isEmpty { lines.append("") }
        for touch in decision.touches { lines.append("  \(touch.changeClass): \(touch.path) (\(touch.why))") }
        for asked in decision.asked { lines.append("  \(asked): asked for with --class") }
        if !decision.reasons.isEmpty { lines += ["", "no evidence can make up for:"] }
        lines += decision.reasons.map { "  \($0)" }
        for drill in decision.drills {
            let classes = drill.classes.map(\.rawValue).joined(separator: ", ")
            lines += ["", "\(drill.drill), profile \(drill.profile), \"\(drill.section)\", for \(classes):"]
            for one in drill.cases {
                lines.append("  \(one.obstacles.isEmpty ? "passed " : "missing") \(one.name)")
                lines += one.obstacles.map { "            \($0.words)" }
            }
        }
        if !supply.isEmpty { lines += ["", "what would supply it:"] + supply.map { "  \($0)" } }
        return lines.map(\.withoutControls).joined(separator: "\n") + "\n"
    }
}
