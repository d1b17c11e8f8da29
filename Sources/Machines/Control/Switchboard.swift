import Synchronization

/// Matches what arrives on a connection with those who wait for it.
///
/// Every waiter leaves exactly once: with its message, at its deadline, when it is cancelled, or when the
/// connection is lost. Whoever removes it from the table resumes it.
final class Switchboard: Sendable {
    /// One who waits for a message.
    private struct Waiter {
        let matches: @Sendable (JSON) -> Bool
        let continuation: CheckedContinuation<JSON, any Error>
    }

    private struct State {
        var waiters: [Int: Waiter] = [:]
        var nextTicket = 0
        var lost: String?
        var seen = "nothing was received yet"
        var seenAt = ContinuousClock.now
        var unasked: [JSON] = []
        var unaskedDropped = 0

        func unasked(after mark: Int) -> ArraySlice<JSON> {
            unasked.dropFirst(max(0, mark - unaskedDropped))
        }
    }

    /// How a wait ends without its message.
    enum Failure: Error {
        case timedOut(lastSeen: String)
        case lost(String)
    }

    private let state = Mutex(State())

    /// How many unasked messages are remembered; a QEMU that runs on quietly sends a few in a minute.
    private static let remembered = 256

    /// The number of unasked messages (greeting, events) so far: a mark to wait from.
    var unaskedCount: Int { state.withLock { $0.unaskedDropped + $0.unasked.count } }

    /// Hands a message to all who wait for it, and remembers it if nobody asked for it.
    func deliver(_ message: JSON) {
        let served = state.withLock { state in
            let name = message["event"].string.map { "event \($0)" }
            state.seen = name ?? (message["error"] == .null ? "an answer" : "an error")
            state.seenAt = .now
            if message["id"] == .null {
                state.unasked.append(message)
                if state.unasked.count > Self.remembered {
                    state.unasked.removeFirst()
                    state.unaskedDropped += 1
                }
            }
            let tickets = state.waiters.filter { $0.value.matches(message) }.keys
            return tickets.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in served { waiter.continuation.resume(returning: message) }
    }

    /// Remembers that a line came that is no JSON, for the error of whoever waits in vain.
    func noteNonsense(bytes: Int) {
        state.withLock { state in
            state.seen = "a line of \(bytes) bytes that is no JSON"
            state.seenAt = .now
        }
    }

    /// Fails all who wait, and all who come later.
    func lose(_ reason: String) {
        let waiters = state.withLock { state in
            if state.lost == nil { state.lost = reason }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Failure.lost(reason)) }
    }

    /// A place in the table for one wait.
    func ticket() -> Int {
        state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
    }

    /// Waits until a message matches: one that comes, or an unasked one that came after `mark`.
    ///
    /// - Parameter registered: Called once the wait stands, to set its deadline and send what is to be answered.
    func wait(
        ticket: Int, after mark: Int?, matches: @escaping @Sendable (JSON) -> Bool,
        registered: () -> Void
    ) async throws -> JSON {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready: Result<JSON, any Error>? = state.withLock { state in
                    if let mark, let past = state.unasked(after: mark).first(where: matches) {
                        return .success(past)
                    }
                    if let lost = state.lost { return .failure(Failure.lost(lost)) }
                    state.waiters[ticket] = Waiter(matches: matches, continuation: continuation)
                    return nil
                }
                if let ready { return continuation.resume(with: ready) }
                // A cancellation that came before the waiter stood found nothing to remove.
                if Task.isCancelled { return fail(ticket) { _ in CancellationError() } }
                registered()
            }
        } onCancel: {
            fail(ticket) { _ in CancellationError() }
        }
    }

    /// Ends a wait at its deadline, if it still stands.
    func timeOut(_ ticket: Int) {
        fail(ticket) { Failure.timedOut(lastSeen: $0) }
    }

    private func fail(_ ticket: Int, _ error: (String) -> any Error) {
        let (waiter, lastSeen) = state.withLock { state in
            let ago = (ContinuousClock.now - state.seenAt).inSeconds
            return (state.waiters.removeValue(forKey: ticket), "last seen: \(state.seen), \(ago) ago")
        }
        waiter?.continuation.resume(throwing: error(lastSeen))
    }
}
