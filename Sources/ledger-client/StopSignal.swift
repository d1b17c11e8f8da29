import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// SIGTERM and SIGINT as a pipe that all threads can wait for: it ends when one of them comes.
final class StopSignal: Sendable {
    private let ending: Int32

    /// Takes the signals; to be called before the first thread is started.
    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "a pipe can be made")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ending = ends[0]
        let open = ends[1]
        var awaited = sigset_t()
        sigemptyset(&awaited)
        sigaddset(&awaited, SIGTERM)
        sigaddset(&awaited, SIGINT)
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        let signals = awaited
        let waiter = Thread {
            var awaited = signals
            var signal: Int32 = 0
            while sigwait(&awaited, &signal) != 0 {}
            close(open)
        }
        waiter.start()
    }

    /// Waits that long; true as soon as a signal has come.
    func comes(within milliseconds: Int) -> Bool {
        Deadline(milliseconds: max(1, milliseconds)).wait(for: ending, Int32(POLLIN))
    }
}
