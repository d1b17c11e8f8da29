#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// CLOCK_MONOTONIC: the clock that a case's harness and its clients share.
public enum Monotonic {
    /// The time now, in nanoseconds.
    public static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
