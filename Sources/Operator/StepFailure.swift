import Boundary

/// Why a step failed, and the Markdown line that did.
struct StepFailure: Sendable, Equatable {
    var line: Int
    var reason: String

    /// Judges what came of a step; nil is success.
    ///
    /// - Parameter turn: The human's turn, whose unanswered prompt explains a deadline.
    static func of(_ step: ShellStep, _ result: ShellStepResult, turn: HumanTurn?) -> StepFailure? {
        guard var failure = judged(step, result, turn: turn) else { return nil }
        if let rule = WallRule.named(by: said(result, turn)), telling.contains(rule) {
            failure.reason += "; \(rule.hint)"
        }
        return failure
    }

    /// The rules that a step's own words show; those of the others a guest may say as well.
    private static let telling: Set<WallRule> = [.network, .names, .environment, .terminal]

    private static func said(_ result: ShellStepResult, _ turn: HumanTurn?) -> String {
        turn == nil ? result.stderr.text : result.terminal.text
    }

    private static func judged(
        _ step: ShellStep, _ result: ShellStepResult, turn: HumanTurn?
    ) -> StepFailure? {
        let said = said(result, turn)
        let complaint = BashComplaint.last(in: said, file: step.file)
        // Who asks whether all is well complains of nothing when it is not: how it is was printed before.
        let (complained, printed) = (lastLine(said), lastLine(result.stdout.text))
        let lastSaid =
            isTest(result.notes.failure?.line, of: step) ? printed ?? complained : complained ?? printed
        let lastWords = lastSaid.map { "; last it said `\($0)`" } ?? ""
        func at(_ line: Int?, _ reason: String) -> StepFailure {
            StepFailure(line: line ?? step.firstLine, reason: reason)
        }
        switch result.end {
        case .finished where result.notes.isSyntaxError:
            return at(
                complaint?.line, "bash cannot parse the block: \(complaint?.message ?? "no reason given")")
        case .finished where !result.notes.left.isEmpty:
            let left = result.notes.left.map { "`\($0)`" }.joined(separator: ", ")
            return at(nil, "the block ended and left processes behind, which were ended: \(left)")
        case .finished where result.notes.isBroken:
            return at(
                step.line(beginningWith: ["return", "break", "continue"]),
                "the block was left before its end: by `return`, `break` or `continue` outside of a function or a loop, "
                    + "or by a here-document that never ends")
        case .finished(let status):
            guard status != 0, !step.expectedExits.contains(status) else { return nil }
            return at(step.lastLine, "the block ended with exit status \(status)\(lastWords)")
        case .shellEnded:
            return ended(step, result, complaint, lastWords: lastWords, at: at)
        case .deadline(let limit):
            let waited = "did not end within \(limit.formattedSeconds) and was killed"
            if let asked = turn?.unanswered {
                return at(nil, "\(waited): it asked `\(asked)`, which the human's table does not answer")
            }
            return at(nil, waited + (lastSaid == nil ? "; it had said nothing" : lastWords))
        case .cancelled:
            return at(nil, "the run was cut off here")
        }
    }

    /// Judges a shell that ended in the middle of a step.
    private static func ended(
        _ step: ShellStep, _ result: ShellStepResult, _ complaint: BashComplaint?, lastWords: String,
        at: (Int?, String) -> StepFailure
    ) -> StepFailure {
        if let failure = result.notes.failure {
            guard failure.line > 0 else {
                return at(step.lastLine, "the block ended with exit status \(failure.status)\(lastWords)")
            }
            let others = step.expectedExits.subtracting([0]).sorted().map(String.init).joined(separator: ", ")
            let expected = others.isEmpty ? "" : " (0, \(others) were expected)"
            return at(
                failure.line,
                "exit status \(failure.status)\(expected)\(lastWords)")
        }
        if let exit = result.notes.exit, exit.line > 0 {
            // A block that gives up says why and exits; one that exits with 0 ends the section unnoticed.
            return at(
                exit.line,
                exit.status == 0
                    ? "`exit` ended the operator's shell in the middle of the section; a block must not exit"
                    : "the block gave up with `exit \(exit.status)`\(lastWords)")
        }
        // Errors of expansion (an unset variable) end the shell with a message and no trap but EXIT.
        if let exit = result.notes.exit {
            return at(
                complaint?.line,
                complaint?.message
                    ?? "the operator's shell ended with status \(exit.status) before the block did")
        }
        return at(
            step.line(beginningWith: ["exec", "kill"]),
            "the operator's shell was replaced or killed; a block must not `exec` a program")
    }

    /// Whether a line of the runbook is a test of bash's, which says nothing itself.
    private static func isTest(_ line: Int?, of step: ShellStep) -> Bool {
        let lines = step.script.split(separator: "\n", omittingEmptySubsequences: false)
        guard let index = line.map({ $0 - step.firstLine }), lines.indices.contains(index) else {
            return false
        }
        return lines[index].drop(while: \.isWhitespace).hasPrefix("[")
    }

    private static func lastLine(_ text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            .map { String($0.suffix(400)) }
    }
}

/// One of bash's own messages, `FILE: line N: …`; the driver has seen to it that N is the Markdown line.
struct BashComplaint: Equatable {
    var line: Int
    var message: String

    /// The last of bash's messages about the block's file; of a syntax error's two, the one that says what is wrong.
    static func last(in text: String, file: String) -> BashComplaint? {
        var found: [BashComplaint] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard let start = line.firstRange(of: "/" + file + ": line ") else { continue }
            let rest = line[start.upperBound...]
            guard let colon = rest.firstIndex(of: ":"), let number = Int(rest[..<colon]) else { continue }
            let message = rest[rest.index(after: colon)...].drop(while: \.isWhitespace)
            found.append(BashComplaint(line: number, message: String(message)))
        }
        // The other one quotes the line.
        return found.last(where: { !$0.message.hasPrefix("`") }) ?? found.last
    }
}

extension Duration {
    /// Seconds as a person writes them: `0.5 s`, `30 s`.
    var formattedSeconds: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\((seconds * 10).rounded() / 10) s"
    }
}
