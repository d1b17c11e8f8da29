import Evidence
import Foundation

/// Where a case that runs is, read from its journal as it grows.
enum LiveCase {
    /// The last thing that happened, in a few words.
    static func words(_ one: VerdictList.Case) -> String {
        let events = (try? Journal.read(one.folder.appending(path: CaseFiles.journal)))?.events ?? []
        for event in events.reversed() {
            switch event.entry {
            case .steady: return "healthy"
            case .inject(let fault): return "\(fault.fault) on \(fault.target)"
            case .confirmed: return "fault confirmed"
            case .stepStarted(let step): return "step at line \(step.line)"
            case .stepFinished(let step): return "after the step at line \(step.line)"
            case .followed: return "settling"
            case .whole: return "whole again, reading back"
            case .ledger: return "reading back"
            case .verdict: return "ending"
            case .humanAnswered(let answer): return "step at line \(answer.line)"
            case .note: continue
            }
        }
        return "becoming healthy"
    }
}
