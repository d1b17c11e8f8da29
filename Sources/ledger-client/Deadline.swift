import Ledger

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A moment by which something ends.
struct Deadline {
    private let due: UInt64

    init(milliseconds: Int) { due = Monotonic.nanoseconds + UInt64(max(0, milliseconds)) * 1_000_000 }

    /// Whole milliseconds that are left, rounded up; 0 when it has passed.
    var left: Int {
        let now = Monotonic.nanoseconds
        return due > now ? Int((due - now + 999_999) / 1_000_000) : 0
    }

    /// Waits until the descriptor is ready for one of `events`; false when the deadline passes first.
    func wait(for descriptor: Int32, _ events: Int32) -> Bool {
        while left > 0 {
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let ready = poll(&entry, 1, Int32(clamping: left))
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { return true }
        }
        return false
    }
}
