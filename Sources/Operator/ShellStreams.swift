import Subprocess
import Synchronization

/// What the shell's three streams tell of the step that runs, as signals in the order they came.
final class ShellStreams: Sendable {
    enum Signal: Sendable {
        /// One stream reached the step's end.
        case marked(Int32)
        /// One of the two pipes ended.
        case closed
        /// The human answered a prompt.
        case answered(HumanAnswer)
        /// The deadline passed.
        case deadline
        /// What was killed still holds the pipes.
        case stuck
    }

    /// What marks a step's end in the streams; nobody can guess it.
    let nonce: String
    let stdout: StreamTap
    let stderr: StreamTap
    let terminal: StreamTap
    let signals: AsyncStream<Signal>
    private let continuation: AsyncStream<Signal>.Continuation
    private let turn: Mutex<HumanTurn?> = Mutex(nil)

    init() {
        nonce = (0..<2).map { _ in String(UInt64.random(in: 0...(.max)), radix: 36) }.joined()
        stdout = StreamTap(nonce: nonce)
        stderr = StreamTap(nonce: nonce)
        terminal = StreamTap(nonce: nonce)
        (signals, continuation) = AsyncStream.makeStream()
    }

    func send(_ signal: Signal) { continuation.yield(signal) }

    /// Whose turn it is at the terminal; nil between the human's steps.
    func setTurn(_ newTurn: HumanTurn?) { turn.withLock { $0 = newTurn } }

    /// Reads a pipe to its end.
    func drain(_ output: SubprocessOutputSequence, into tap: StreamTap) async {
        do {
            for try await buffer in output {
                let bytes = buffer.withUnsafeBytes { Array($0) }
                if let status = tap.append(bytes) { send(.marked(status)) }
            }
        } catch {}  // A pipe that cannot be read has ended, too.
        send(.closed)
    }

    /// Takes in what the terminal showed; returns the line that the human types in answer.
    func hear(_ bytes: [UInt8]) -> String? {
        if let status = terminal.append(bytes) {
            send(.marked(status))
            return nil
        }
        guard let answer = turn.withLock({ $0 })?.hear(bytes) else { return nil }
        send(.answered(answer))
        return answer.value
    }
}
