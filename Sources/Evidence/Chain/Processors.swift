import Dispatch
import Synchronization

/// Work of one kind on many things, shared among all processors.
enum Processors {
    /// What `transform` makes of each number below `count`, in their order.
    ///
    /// - Parameter batch: how many one processor takes at a time; large where each is a matter of microseconds.
    static func map<Value: Sendable>(
        _ count: Int, inBatchesOf batch: Int = 256, _ transform: @Sendable (Int) -> Value
    ) -> [Value] {
        let parts = Mutex<[Int: [Value]]>([:])
        DispatchQueue.concurrentPerform(iterations: (count + batch - 1) / batch) { part in
            let values = (part * batch..<min(count, (part + 1) * batch)).map(transform)
            parts.withLock { $0[part] = values }
        }
        return parts.withLock { parts in parts.sorted { $0.key < $1.key }.flatMap(\.value) }
    }
}
