import ArgumentParser
import Dispatch
import Foundation
import Machines
import Synchronization

/// Ctrl-C and SIGTERM: `defer` does not run on signals, so the work is cancelled and tears down by itself.
enum Interrupt {
    /// Runs `body`; a signal cancels it, says so, and waits until it has torn down.
    ///
    /// A second signal does not wait: the machines die with this process, and the next start reaps the rest.
    ///
    /// - Throws: What `body` throws, or `ExitCode` 130 (SIGINT) or 143 (SIGTERM).
    static func guarding<Value: Sendable>(
        _ what: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let caught = Caught()
        let work = Task { try await body() }
        // Whoever reads what is told may be gone by the same Ctrl-C.
        signal(SIGPIPE, SIG_IGN)
        let signals = [SIGINT, SIGTERM]
        let sources = signals.map { number in
            // Not handled the old way as well: the dispatch source is the one that hears it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard caught.note(number) else { _exit(128 + number) }
                work.cancel()
                tell("\(number == SIGINT ? "Ctrl-C" : "SIGTERM"): \(what) is being torn down …")
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in signals { signal(number, SIG_DFL) }
        }
        let result = await work.result
        guard let number = caught.number else { return try result.get() }
        tell("\(what) is torn down; \(OpenSandboxes.leftovers ?? "nothing is left of it")")
        throw ExitCode(128 + number)
    }
}

/// The first signal that came.
private final class Caught: Sendable {
    private let signal = Mutex<Int32?>(nil)

    var number: Int32? { signal.withLock { $0 } }

    /// Notes a signal; false when one had come before.
    func note(_ number: Int32) -> Bool {
        signal.withLock { signal in
            guard signal == nil else { return false }
            signal = number
            return true
        }
    }
}
