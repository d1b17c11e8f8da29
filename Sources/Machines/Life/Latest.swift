import Synchronization

/// Remembers what was last said, so that it is said once.
final class Latest<Value: Sendable & Equatable>: Sendable {
    private let value = Mutex<Value?>(nil)

    /// Whether this is news.
    func replace(with new: Value) -> Bool {
        value.withLock { value in
            defer { value = new }
            return value != new
        }
    }
}
