import Subprocess
import Synchronization

/// What was kept of one stream.
struct Captured: Sendable {
    var bytes: [UInt8] = []
    var truncated = false
}

/// Writes `input`, then reads both streams to their end and keeps the first `limit` bytes of each.
///
/// What is beyond the limit is still read, so that a program that prints too much ends by itself.
func exchange(
    _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, input: [UInt8]?, limit: Int
) async throws -> (Captured, Captured) {
    let (output, errors) = (execution.standardOutput, execution.standardError)
    let writer = execution.standardInputWriter
    async let stdout = capture(output, limit: limit)
    async let stderr = capture(errors, limit: limit)
    // A program may end without reading its input: that is its own affair and no error of ours.
    if let input { _ = try? await writer.write(input) }
    try? await writer.finish()
    return try await (stdout, stderr)
}

private func capture(_ stream: SubprocessOutputSequence, limit: Int) async throws -> Captured {
    var captured = Captured()
    for try await buffer in stream {
        let room = limit - captured.bytes.count
        buffer.withUnsafeBytes { captured.bytes.append(contentsOf: $0.prefix(room)) }
        if buffer.count > room { captured.truncated = true }
    }
    return captured
}

/// Carries the result out of a task that was cancelled at its deadline.
final class FinishedCommand: Sendable {
    private let value = Mutex<CommandResult?>(nil)

    var result: CommandResult? { value.withLock { $0 } }

    func note(_ result: CommandResult) { value.withLock { $0 = result } }
}
