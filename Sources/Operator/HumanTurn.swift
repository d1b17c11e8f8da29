import Synchronization

/// A prompt that was answered; the value is what the human types and never leaves this room.
struct HumanAnswer: Sendable {
    var prompt: String
    var secretName: String
    var value: String
}

/// The simulated human at the terminal, for one step: he listens, and answers the prompts of his table.
///
/// A prompt is what stands at the end of an unfinished line: the program has printed it and waits.
final class HumanTurn: Sendable {
    private struct State {
        var line: [UInt8] = []
        var asked: [String: Int] = [:]
        var typed: [HumanAnswer] = []
    }

    private static let longestLine = 4_096
    private let prompts: [HumanTable.Prompt]
    private let value: @Sendable (_ secretName: String) -> String
    private let state = Mutex(State())

    init(prompts: [HumanTable.Prompt], value: @escaping @Sendable (_ secretName: String) -> String) {
        self.prompts = prompts
        self.value = value
    }

    /// Takes in what the terminal showed; returns the answer when it ends in a prompt of the table.
    func hear(_ bytes: [UInt8]) -> HumanAnswer? {
        state.withLock { state in
            let lineStart = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            if lineStart != nil { state.line = [] }
            state.line += bytes[(lineStart ?? 0)...]
            state.line = state.line.suffix(Self.longestLine)
            let shown = Self.shown(state.line)
            guard let prompt = prompts.first(where: { shown.hasSuffix($0.text) }) else { return nil }
            let count = state.asked[prompt.text, default: 0]
            state.asked[prompt.text] = count + 1
            state.line = []
            let name = prompt.secretNames[count % prompt.secretNames.count]
            let answer = HumanAnswer(prompt: prompt.text, secretName: name, value: value(name))
            state.typed.append(answer)
            return answer
        }
    }

    /// What is asked and not answered: the unfinished line, if there is one.
    var unanswered: String? {
        let line = redacted(state.withLock { Self.shown($0.line) })
        return line.isEmpty ? nil : line
    }

    /// The text with whatever was typed replaced by its name, for programs that show what they read.
    func redacted(_ text: String) -> String {
        state.withLock(\.typed).reduce(text) { text, answer in
            guard !answer.value.isEmpty else { return text }
            return text.replacing(answer.value, with: "‹\(answer.secretName)›")
        }
    }

    /// The line as a person sees it: without colours, and without white space around it.
    private static func shown(_ line: [UInt8]) -> String {
        String(decoding: line, as: UTF8.self)
            .replacing(#/\u{1B}\[[0-9;?]*[A-Za-z]/#, with: "")
            .trimming(while: \.isWhitespace)
    }
}
