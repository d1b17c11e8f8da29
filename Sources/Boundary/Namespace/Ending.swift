import Synchronization

/// The end of a process, which many may wait for and anyone may look at.
final class Ending: Sendable {
    private struct State {
        var status: Int32?
        var waiters: [AsyncStream<Int32>.Continuation] = []
    }

    private let state = Mutex(State())

    /// The exit status, or nil while it runs.
    var status: Int32? { state.withLock { $0.status } }

    /// Notes the end and wakes everyone who waits; only the first call counts.
    func end(_ status: Int32) {
        let waiters = state.withLock { state in
            if state.status == nil { state.status = status }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            waiter.yield(status)
            waiter.finish()
        }
    }

    /// Waits for the end; nil when the waiting task is cancelled first.
    func wait() async -> Int32? {
        let (ends, waiter) = AsyncStream<Int32>.makeStream()
        let already = state.withLock { state in
            if state.status == nil { state.waiters.append(waiter) }
            return state.status
        }
        if let already { return already }
        for await status in ends { return status }
        return nil
    }

    /// Waits at most `limit`, also when the calling task is cancelled; false when the limit came first.
    func wait(atMost limit: Duration) async -> Bool {
        await Task { (try? await withDeadline(limit) { await self.wait() }) != nil }.value
    }
}
