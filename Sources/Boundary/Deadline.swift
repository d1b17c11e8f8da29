import Synchronization

/// Runs `body` and cancels it at the deadline; nil means that the deadline came first.
///
/// It returns only when `body` has ended, so `body` must heed cancellation. Cancelling the caller throws
/// `CancellationError`.
func withDeadline<Value: Sendable>(
    _ limit: Duration,
    _ body: @escaping @Sendable () async throws -> Value,
    mapping: @escaping @Sendable (any Error) -> any Error = { $0 }
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            do { return try await body() } catch { throw mapping(error) }
        }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { return nil }
        return first
    }
}

/// What a wait last saw, written by the probe and read after its deadline.
final class LastSeen: Sendable {
    private let value = Mutex("nothing yet")

    var text: String { value.withLock { $0 } }

    func note(_ text: String) { value.withLock { $0 = text } }
}
