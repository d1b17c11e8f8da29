import Foundation
import Synchronization

/// A thread for calls that block, so that none of them ever holds a thread of the cooperative pool.
///
/// Jobs run one after the other, in order. The thread ends when this value is let go.
final class WorkerThread: Sendable {
    private typealias Job = @Sendable () -> Void

    /// Jobs in order; nil is the last.
    private final class Mailbox: Sendable {
        private let jobs = Mutex<[Job?]>([])
        private let arrivals = DispatchSemaphore(value: 0)

        func post(_ job: Job?) {
            jobs.withLock { $0.append(job) }
            arrivals.signal()
        }

        func next() -> Job? {
            arrivals.wait()
            return jobs.withLock { $0.removeFirst() }
        }
    }

    private let mailbox = Mailbox()

    init(name: String) {
        let thread = Thread { [mailbox] in
            while let job = mailbox.next() { job() }
        }
        thread.name = name
        thread.start()
    }

    deinit { mailbox.post(nil) }

    /// Runs `body` on the thread and waits for it without holding one of the pool's.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            mailbox.post { continuation.resume(returning: body()) }
        }
    }
}
